#include "sim/io/pictures.hpp"
#include "sim/io/pnm.hpp"

namespace basin {

namespace {

void read_plain(PnmCursor& cursor, Matrix& pixels) {
  for (Index i = 0; i < pixels.size(); ++i) {
    cursor.expect_pixel(i, pixels.size());
    const char pixel = cursor.rest().front();
    if (pixel != '0' && pixel != '1') cursor.refuse(in_quotes({&pixel, 1}) + " is no pixel; allowed: 0 or 1");
    pixels(0, i) = pixel == '1' ? 1.0 : -1.0;
    cursor.skip(1);
  }
  cursor.expect_end();
}

void read_packed(PnmCursor& cursor, PatternSet& set) {
  const auto stride = static_cast<std::size_t>((set.width + 7) / 8);
  cursor.enter_packed(stride * static_cast<std::size_t>(set.height));
  const std::string_view bytes = cursor.rest();
  for (Index y = 0; y < set.height; ++y) {
    for (Index x = 0; x < set.width; ++x) {
      const auto byte =
          static_cast<unsigned char>(bytes[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x / 8)]);
      set.rows(0, y * set.width + x) = (byte >> (7 - x % 8) & 1U) != 0 ? 1.0 : -1.0;
    }
  }
}

}  // namespace

PatternSet parse_pbm(std::string_view bytes, const std::string& file) {
  PnmCursor cursor(bytes, file);
  const bool plain = bytes.starts_with("P1");
  if (!plain && !bytes.starts_with("P4")) cursor.refuse("is no portable bitmap; allowed: P1 or P4");
  cursor.skip(2);
  PatternSet set = cursor.sized_set();
  plain ? read_plain(cursor, set.rows) : read_packed(cursor, set);
  return set;
}

}  // namespace basin
