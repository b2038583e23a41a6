#include "tests/support/case_files.hpp"

#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace basin::test {
namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("can't read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::filesystem::path data() { return BASIN_TEST_DATA; }

Matrix read_csv(const std::filesystem::path& file) {
  std::istringstream lines(bytes_of(file));
  std::vector<std::vector<double>> rows;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::vector<double> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(std::stod(cell));
    rows.push_back(row);
  }
  Matrix result(static_cast<Index>(rows.size()), static_cast<Index>(rows.at(0).size()));
  for (Index i = 0; i < result.rows(); ++i) {
    for (Index j = 0; j < result.cols(); ++j) {
      result(i, j) = rows[static_cast<std::size_t>(i)].at(static_cast<std::size_t>(j));
    }
  }
  return result;
}

Matrix read_npy(const std::filesystem::path& file) {
  const std::string bytes = bytes_of(file);
  const std::size_t header = static_cast<unsigned char>(bytes.at(8)) + 256U * static_cast<unsigned char>(bytes.at(9));
  const std::string text = bytes.substr(10, header);
  Index rows = 0;
  Index columns = 0;
  const std::size_t shape = text.find("'shape': (");
  if (shape == std::string::npos || std::sscanf(text.c_str() + shape, "'shape': (%ld, %ld)", &rows, &columns) != 2 ||
      text.find("'<f8'") == std::string::npos || text.find("'fortran_order': False") == std::string::npos) {
    throw std::runtime_error("not a plain float64 matrix: " + file.string());
  }
  Matrix result(rows, columns);
  const std::size_t size = static_cast<std::size_t>(result.size()) * sizeof(double);
  if (bytes.size() != 10 + header + size) throw std::runtime_error("wrong size: " + file.string());
  std::memcpy(result.data(), bytes.data() + 10 + header, size);
  return result;
}

nlohmann::json read_json(const std::filesystem::path& file) { return nlohmann::json::parse(bytes_of(file)); }

Circuit plain_circuit(const Matrix& weights, double gain, ActivationKind kind) {
  const Index n = weights.rows();
  return Circuit{weights,           Vector::Zero(n), Vector::Ones(n), Vector::Ones(n), Vector::Constant(n, gain),
                 Vector::Zero(n), std::vector<bool>(static_cast<std::size_t>(n), false), Activation(kind)};
}

std::string signs(const Vector& u) {
  std::string text;
  for (const double x : u) text += x >= 0.0 ? '+' : '-';
  return text;
}

}  // namespace basin::test
