#include <algorithm>
#include <cctype>

#include "models/design/document.hpp"

namespace basin {

namespace {

bool is_data_file(const Value& value) {
  const auto* text = std::get_if<std::string>(&value.data);
  return text != nullptr && (has_extension(*text, ".csv") || has_extension(*text, ".npy"));
}

/// Throws when an entry of a data file is out of the key's range.
void check_entries(const Document& document, const Matrix& matrix, const Value& reference, const Key& key) {
  for (Index row = 0; row < matrix.rows(); ++row) {
    for (Index column = 0; column < matrix.cols(); ++column) {
      const double entry = matrix(row, column);
      if (entry >= key.low && entry <= key.high) continue;
      const Value value{entry, reference.where};
      document.reject(value, key,
                      "in row " + std::to_string(row + 1) + ", column " + std::to_string(column + 1) + " of " +
                          shown(reference) + " is out of range");
    }
  }
}

/// `read` of the one value at `path`, or of every entry of the list there.
template <class Entry, class Read>
std::vector<Entry> entries(const Document& document, std::string_view path, const Read& read) {
  const Key& key = schema_key(path);
  const Value* value = document.effective(path);
  if (value == nullptr) return {};
  const auto* list = std::get_if<Value::Array>(&value->data);
  if (list == nullptr) return {read(*value, key)};
  if (list->empty()) document.reject(*value, key, "is empty");
  std::vector<Entry> all;
  for (const Value& each : *list) {
    all.push_back(read(each, key));
    if (std::count(all.begin(), all.end(), all.back()) > 1) document.reject(each, key, "is there twice");
  }
  return all;
}

}  // namespace

std::vector<std::int64_t> Document::integers(std::string_view path) const {
  return entries<std::int64_t>(*this, path, [this](const Value& value, const Key& key) { return whole(value, key); });
}

std::vector<double> Document::numbers(std::string_view path) const {
  return entries<double>(*this, path, [this](const Value& value, const Key& key) { return scalar(value, key); });
}

std::vector<std::string> Document::choices(std::string_view path) const {
  return entries<std::string>(*this, path, [this](const Value& value, const Key& key) {
    const auto* text = std::get_if<std::string>(&value.data);
    if (text == nullptr || std::find(key.words.begin(), key.words.end(), *text) == key.words.end()) reject(value, key);
    return *text;
  });
}

bool has_extension(std::string_view path, std::string_view extension) {
  if (path.size() < extension.size()) return false;
  const std::string_view tail = path.substr(path.size() - extension.size());
  return std::equal(tail.begin(), tail.end(), extension.begin(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  });
}

std::string Document::file_of(std::string_view path) const {
  const Value* value = find(path);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->data);
  return text == nullptr || text->find('\n') != std::string::npos ? "" : shown(*value) + " ";
}

std::vector<double> Document::neuron_values(std::string_view path) const {
  const Key& key = schema_key(path);
  const Value* value = effective(path);
  if (value == nullptr) return {};
  std::vector<double> numbers;
  if (is_data_file(*value)) {
    const Matrix file = data_.matrix(*value, key.path());
    if (file.rows() != 1 && file.cols() != 1) reject(*value, key, "holds more than one row and one column");
    check_entries(*this, file, *value, key);
    numbers.assign(file.data(), file.data() + file.size());
  } else if (const auto* list = std::get_if<Value::Array>(&value->data)) {
    if (list->empty()) reject(*value, key, "is empty");
    for (const Value& entry : *list) numbers.push_back(scalar(entry, key));
  } else {
    numbers.push_back(scalar(*value, key));
  }
  return numbers;
}

Matrix Document::matrix(const Value& value, const Key& key) const {
  if (is_data_file(value)) {
    Matrix file = data_.matrix(value, key.path());
    check_entries(*this, file, value, key);
    return file;
  }
  const auto* rows = std::get_if<Value::Array>(&value.data);
  if (rows == nullptr || rows->empty()) reject(value, key);
  Matrix matrix;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto* row = std::get_if<Value::Array>(&(*rows)[i].data);
    if (row == nullptr || row->empty()) reject((*rows)[i], key, "is not a row of numbers");
    if (i == 0) matrix.resize(static_cast<Index>(rows->size()), static_cast<Index>(row->size()));
    if (static_cast<Index>(row->size()) != matrix.cols()) {
      reject((*rows)[i], key,
             "of " + std::to_string(row->size()) + " numbers follows rows of " + std::to_string(matrix.cols()));
    }
    for (std::size_t j = 0; j < row->size(); ++j) {
      matrix(static_cast<Index>(i), static_cast<Index>(j)) = scalar((*row)[j], key);
    }
  }
  return matrix;
}

}  // namespace basin
