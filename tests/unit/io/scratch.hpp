#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "models/design/error.hpp"

namespace basin {

/// A new folder for one test, removed with the object.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file and returns its path.
  std::filesystem::path write(const std::string& name, const std::string& bytes) const;
  /// Names of the files in it, sorted.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

std::string file_bytes(const std::filesystem::path& file);

/// The bytes of a NumPy file, format 1.0, as numpy.save writes them.
std::string npy_bytes(const std::string& type, const std::string& shape, const std::string& data, bool fortran = false);
/// `numbers` as they lie in memory.
template <class Number>
std::string raw(const std::vector<Number>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)};
}

/// The message of the InputError that `action` throws, or "".
template <class Action>
std::string refusal(Action action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace basin
