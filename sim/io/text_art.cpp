#include <algorithm>
#include <vector>

#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "sim/io/lines.hpp"
#include "sim/io/pictures.hpp"

namespace basin {

namespace {

constexpr std::string_view name_mark = "name:";

std::string size_text(std::size_t width, std::size_t height) {
  return std::to_string(width) + " × " + std::to_string(height);
}

/// Pictures collected line by line.
class Gallery {
 public:
  explicit Gallery(const std::string& file) : file_(file) {}

  void read(std::string_view line, int number) {
    const Location where{file_, number};
    if (line.starts_with(';')) return;
    if (line.empty()) {
      finish();
    } else if (line.starts_with(name_mark)) {
      finish();
      if (waiting_name_) throw InputError(where, "", "names a picture that has a name; allowed: one name a picture");
      names_.emplace_back(trimmed(line.substr(name_mark.size())));
      waiting_name_ = true;
    } else {
      add_row(line, where);
    }
  }

  PatternSet result() {
    finish();
    if (waiting_name_ || pictures_ == 0) {
      throw InputError(Location{file_, 0}, "",
                       waiting_name_ ? "ends with a name; allowed: a picture after it"
                                     : "holds no picture; allowed: lines of # and .");
    }
    if (!names_.empty() && names_.size() != pictures_) {
      throw InputError(Location{file_, 0}, "",
                       "names " + std::to_string(names_.size()) + " of " + std::to_string(pictures_) +
                           " pictures; allowed: all or none");
    }
    PatternSet set;
    set.rows =
        Eigen::Map<const Matrix>(pixels_.data(), static_cast<Index>(pictures_), static_cast<Index>(width_ * height_));
    set.names = std::move(names_);
    set.width = static_cast<int>(width_);
    set.height = static_cast<int>(height_);
    return set;
  }

 private:
  void add_row(std::string_view line, const Location& where) {
    if (line.find_first_not_of("#.") != std::string_view::npos) {
      throw InputError(where, "", in_quotes(line) + " is no row of a picture; allowed: # and .");
    }
    if (width_ == 0) width_ = line.size();
    if (line.size() != width_) {
      throw InputError(where, "",
                       "has " + std::to_string(line.size()) + " pixels; allowed: " + std::to_string(width_) +
                           ", as in the rows before it");
    }
    if (rows_ == 0) first_line_ = where.line;
    for (const char c : line) pixels_.push_back(c == '#' ? 1.0 : -1.0);
    ++rows_;
  }

  void finish() {
    if (rows_ == 0) return;
    if (pictures_ == 0) height_ = rows_;
    if (rows_ != height_) {
      throw InputError(Location{file_, first_line_}, "",
                       "starts a picture of " + size_text(width_, rows_) + "; allowed: " + size_text(width_, height_) +
                           ", as before it");
    }
    ++pictures_;
    rows_ = 0;
    waiting_name_ = false;
  }

  std::string file_;
  std::vector<double> pixels_;
  std::vector<std::string> names_;
  std::size_t width_ = 0, height_ = 0;  // of every picture
  std::size_t rows_ = 0;                // of the picture at hand
  std::size_t pictures_ = 0;
  int first_line_ = 0;
  bool waiting_name_ = false;
};

}  // namespace

PatternSet parse_text_art(std::string_view bytes, const std::string& file) {
  Gallery gallery(file);
  Lines lines(bytes);
  while (lines.next()) gallery.read(trimmed(lines.text()), lines.number());
  return gallery.result();
}

}  // namespace basin
