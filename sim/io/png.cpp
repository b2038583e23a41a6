#include <png.h>

#include <memory>
#include <vector>

#include "models/design/error.hpp"
#include "models/design/schema.hpp"
#include "models/design/text.hpp"
#include "sim/io/pictures.hpp"

namespace basin {

namespace {

constexpr std::string_view signature{"\x89PNG\r\n\x1a\n", 8};
constexpr std::string_view end_chunk{"\0\0\0\0IEND\xae\x42\x60\x82", 12};

/// libpng's simplified reader: it holds its own memory until it is freed.
struct Image {
  png_image it{};
  Image() { it.version = PNG_IMAGE_VERSION; }
  ~Image() { png_image_free(&it); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
};

}  // namespace

PatternSet parse_png(std::string_view bytes, const std::string& file) {
  const auto refuse = [&](const std::string& problem) { throw InputError(Location{file, 0}, "", problem); };
  if (!bytes.starts_with(signature)) refuse("is no PNG picture");
  Image image;
  // libpng goes on after a warning (a bad checksum of a side chunk, data beyond the last pixel); here it refuses.
  const auto require = [&](bool done) {
    if (!done || image.it.warning_or_error != 0) refuse("is damaged: " + one_line(image.it.message));
  };
  require(png_image_begin_read_from_memory(&image.it, bytes.data(), bytes.size()) != 0);
  // Only the head was read so far: nothing is unpacked for a size that can't be used.
  if (image.it.width > static_cast<png_uint_32>(max_neurons) / image.it.height) {
    refuse("has " + std::to_string(image.it.width) + " × " + std::to_string(image.it.height) +
           " pixels; allowed: 1 to " + std::to_string(max_neurons));
  }
  if (!bytes.ends_with(end_chunk)) refuse("is damaged: it does not end with its end mark");
  image.it.format = PNG_FORMAT_GRAY;
  image.it.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;  // 16 bits without a gamma of their own mean what 8 bits do
  const png_color white{255, 255, 255};         // behind transparent pixels
  std::vector<png_byte> grey(PNG_IMAGE_SIZE(image.it));
  require(png_image_finish_read(&image.it, &white, grey.data(), 0, nullptr) != 0);
  PatternSet set;
  set.width = static_cast<int>(image.it.width);
  set.height = static_cast<int>(image.it.height);
  set.rows.resize(1, static_cast<Index>(grey.size()));
  for (std::size_t i = 0; i < grey.size(); ++i) set.rows(0, static_cast<Index>(i)) = grey[i] < 128 ? 1.0 : -1.0;
  return set;
}

}  // namespace basin
