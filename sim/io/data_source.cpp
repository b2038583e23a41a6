#include "sim/io/data_source.hpp"

#include "models/design/document.hpp"
#include "models/design/text.hpp"
#include "sim/io/csv.hpp"
#include "sim/io/file.hpp"
#include "sim/io/npy.hpp"
#include "sim/io/pictures.hpp"

namespace basin {

namespace {

constexpr std::uint64_t max_text = std::uint64_t{512} << 20;
constexpr std::uint64_t max_npy = (std::uint64_t{2} << 30) + (1U << 17);  // data and header
constexpr std::uint64_t max_picture = std::uint64_t{64} << 20;

std::filesystem::path resolve_path(const std::filesystem::path& folder, const std::string& reference) {
  if (reference.empty() || reference.find('\0') != std::string::npos) {
    throw InputError(Location{printable(reference), 0}, "", "is not a path; allowed: a path, relative to the design file");
  }
  return folder / reference;
}

Matrix read_numbers(const std::filesystem::path& folder, const std::string& reference) {
  if (has_extension(reference, ".npy"))
    return parse_npy(read_file(resolve_path(folder, reference), max_npy), reference);
  return parse_csv(read_file(resolve_path(folder, reference), max_text), reference);
}

PatternSet read_patterns(const std::filesystem::path& folder, const std::string& reference) {
  if (reference.find('\n') != std::string::npos) return parse_text_art(reference, "picture text");
  PatternSet set;
  if (has_extension(reference, ".csv") || has_extension(reference, ".npy")) {
    set.rows = read_numbers(folder, reference);
    return set;
  }
  if (has_extension(reference, ".txt")) {
    return parse_text_art(read_file(resolve_path(folder, reference), max_picture), reference);
  }
  if (has_extension(reference, ".pbm"))
    return parse_pbm(read_file(resolve_path(folder, reference), max_picture), reference);
  if (has_extension(reference, ".pgm"))
    return parse_pgm(read_file(resolve_path(folder, reference), max_picture), reference);
  if (has_extension(reference, ".png"))
    return parse_png(read_file(resolve_path(folder, reference), max_picture), reference);
  throw InputError(Location{printable(reference), 0}, "", "is of no known kind; allowed: .txt, .csv, .npy, .pbm, .pgm or .png");
}

/// Runs `read` and gives its errors the place in the design that asked for the data.
template <class Read>
auto located(const Value& reference, const std::string& key, Read read) {
  try {
    return read(std::get<std::string>(reference.data));
  } catch (const InputError& error) {
    throw InputError(reference.where, key, error.what());
  }
}

}  // namespace

Matrix FileData::matrix(const Value& reference, const std::string& key) const {
  return located(reference, key, [this](const std::string& text) { return read_numbers(folder_, text); });
}

PatternSet FileData::patterns(const Value& reference, const std::string& key) const {
  return located(reference, key, [this](const std::string& text) { return read_patterns(folder_, text); });
}

}  // namespace basin
