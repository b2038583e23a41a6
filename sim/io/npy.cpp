#include "sim/io/npy.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "models/design/error.hpp"
#include "models/design/text.hpp"

namespace basin {

namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::size_t max_header = 64 * 1024;

struct Header {
  std::string type;
  bool fortran = false;
  std::vector<std::uint64_t> shape;
};

/// Parses the Python dictionary literal of the header: exactly the keys descr, fortran_order and shape.
class HeaderParser {
 public:
  explicit HeaderParser(std::string_view text) : text_(text) {}

  /// Nothing when the text is not such a dictionary.
  std::optional<Header> parse() {
    Header header;
    bool has_type = false, has_order = false, has_shape = false;
    if (!take('{')) return std::nullopt;
    while (!take('}')) {
      const std::optional<std::string> key = string();
      if (!key || !take(':')) return std::nullopt;
      bool* seen = *key == "descr"           ? &has_type
                   : *key == "fortran_order" ? &has_order
                   : *key == "shape"         ? &has_shape
                                             : nullptr;
      if (seen == nullptr || *seen || !value(*key, header)) return std::nullopt;
      *seen = true;
      if (!take(',') && !peek('}')) return std::nullopt;
    }
    skip_blanks();
    if (!text_.empty() || !has_type || !has_order || !has_shape) return std::nullopt;
    return header;
  }

 private:
  void skip_blanks() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\n' || text_.front() == '\t'))
      text_.remove_prefix(1);
  }
  bool peek(char c) {
    skip_blanks();
    return text_.starts_with(c);
  }
  bool take(char c) {
    if (!peek(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view word) {
    skip_blanks();
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  std::optional<std::string> string() {
    const char quote = peek('"') ? '"' : '\'';
    if (!take(quote)) return std::nullopt;
    const std::size_t end = text_.find(quote);
    if (end == std::string_view::npos || text_.substr(0, end).find('\\') != std::string_view::npos) return std::nullopt;
    std::string result(text_.substr(0, end));
    text_.remove_prefix(end + 1);
    return result;
  }
  bool value(const std::string& key, Header& header) {
    if (key == "shape") return tuple(header.shape);
    if (key == "fortran_order") {
      header.fortran = take("True");
      return header.fortran || take("False");
    }
    const std::optional<std::string> type = string();
    if (type) header.type = *type;
    return type.has_value() || list_type(header);
  }
  /// A structured type is a list: not supported, but worth its name in the message.
  bool list_type(Header& header) {
    if (!take('[')) return false;
    const std::size_t end = text_.find(']');
    if (end == std::string_view::npos) return false;
    header.type = "structured";
    text_.remove_prefix(end + 1);
    return true;
  }
  bool tuple(std::vector<std::uint64_t>& shape) {
    if (!take('(')) return false;
    while (!take(')')) {
      std::uint64_t length = 0;
      skip_blanks();
      const auto result = std::from_chars(text_.data(), text_.data() + text_.size(), length);
      if (result.ec != std::errc{}) return false;
      text_.remove_prefix(static_cast<std::size_t>(result.ptr - text_.data()));
      shape.push_back(length);
      if (!take(',') && !peek(')')) return false;
    }
    return true;
  }

  std::string_view text_;
};

[[noreturn]] void refuse(const std::string& file, const std::string& problem) {
  throw InputError(Location{file, 0}, "", problem);
}

template <class Number>
double element(const char* bytes) {
  Number number;
  std::memcpy(&number, bytes, sizeof number);
  return static_cast<double>(number);
}

struct Type {
  std::string_view name;
  std::size_t size;
  double (*read)(const char*);
};
constexpr Type types[] = {
    {"<f4", 4, element<float>},        {"<f8", 8, element<double>},       {"|i1", 1, element<std::int8_t>},
    {"<i1", 1, element<std::int8_t>},  {"<i2", 2, element<std::int16_t>}, {"<i4", 4, element<std::int32_t>},
    {"<i8", 8, element<std::int64_t>},
};

const Type& find_type(const Header& header, const std::string& file) {
  for (const Type& type : types) {
    if (type.name == header.type) return type;
  }
  refuse(file, "has type " + in_quotes(header.type) + "; allowed: f4, f8, i1, i2, i4, i8, little-endian");
}

/// The header's text, and `bytes` moved on to the data.
std::string_view take_header(std::string_view& bytes, const std::string& file) {
  if (!bytes.starts_with("\x93NUMPY") || bytes.size() < 10) refuse(file, "is no NumPy file");
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
  const std::size_t version = byte(6);
  if ((version != 1 && version != 2) || byte(7) != 0) {
    refuse(file,
           "has format version " + std::to_string(version) + "." + std::to_string(byte(7)) + "; allowed: 1.0 or 2.0");
  }
  const std::size_t start = version == 1 ? 10 : 12;
  if (bytes.size() < start) refuse(file, "ends within its header");
  std::size_t length = byte(8) | byte(9) << 8;
  if (version == 2) length |= byte(10) << 16 | byte(11) << 24;
  if (length > max_header) refuse(file, "has a header of " + std::to_string(length) + " bytes; allowed: at most 65536");
  if (bytes.size() - start < length) refuse(file, "ends within its header");
  const std::string_view header = bytes.substr(start, length);
  bytes.remove_prefix(start + length);
  return header;
}

/// Rows and columns; throws unless the data has exactly the bytes that the shape says.
std::pair<std::uint64_t, std::uint64_t> dimensions(const Header& header, std::size_t element_size,
                                                   std::size_t data_size, const std::string& file) {
  if (header.shape.empty() || header.shape.size() > 2) {
    refuse(file, "has " + std::to_string(header.shape.size()) + " dimensions; allowed: 1 or 2");
  }
  const std::uint64_t rows = header.shape[0];
  const std::uint64_t columns = header.shape.size() == 2 ? header.shape[1] : 1;
  if (rows == 0 || columns == 0) refuse(file, "holds no numbers");
  std::uint64_t count = 0, bytes = 0;
  const bool wraps =
      __builtin_mul_overflow(rows, columns, &count) || __builtin_mul_overflow(count, element_size, &bytes);
  if (wraps || bytes != data_size) {
    refuse(file, "holds " + std::to_string(data_size) + " bytes of data; its shape " + std::to_string(rows) + " × " +
                     std::to_string(columns) + " says " +
                     (wraps ? std::string("more than 2⁶⁴") : std::to_string(bytes)));
  }
  return {rows, columns};
}

std::string place(Index i, const Matrix& matrix) {
  return "row " + std::to_string(i / matrix.cols() + 1) + ", column " + std::to_string(i % matrix.cols() + 1);
}

}  // namespace

Matrix parse_npy(std::string_view bytes, const std::string& file) {
  const std::optional<Header> header = HeaderParser(take_header(bytes, file)).parse();
  if (!header) refuse(file, "has a header that is not the plain dictionary of descr, fortran_order and shape");
  const Type& type = find_type(*header, file);
  if (header->fortran) refuse(file, "is in Fortran order; allowed: C order (numpy.ascontiguousarray)");
  const auto [rows, columns] = dimensions(*header, type.size, bytes.size(), file);
  Matrix matrix(static_cast<Index>(rows), static_cast<Index>(columns));
  for (Index i = 0; i < matrix.size(); ++i) {
    const double number = type.read(bytes.data() + static_cast<std::size_t>(i) * type.size);
    if (!std::isfinite(number)) refuse(file, place(i, matrix) + ": " + number_text(number) + " is not finite");
    if (type.name == "<i8" && std::abs(number) > 0x1p53) refuse(file, place(i, matrix) + ": no double is this integer");
    matrix.data()[i] = number;
  }
  return matrix;
}

}  // namespace basin
