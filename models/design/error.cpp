#include "models/design/error.hpp"

#include "models/design/text.hpp"

namespace basin {

namespace {

std::string message(const Location& where, const std::string& key, const std::string& problem) {
  std::string text = one_line(where.file);
  if (where.line > 0) text += ":" + std::to_string(where.line);
  text += ": ";
  if (!key.empty()) text += printable(key, 64) + ": ";
  return text + one_line(problem);
}

}  // namespace

InputError::InputError(const Location& where, const std::string& key, const std::string& problem)
    : std::runtime_error(message(where, key, problem)) {}

}  // namespace basin
