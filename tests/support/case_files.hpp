#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "models/circuit/circuit.hpp"

namespace basin::test {

/// Readers for the files under tests/data that come from outside the project. They throw std::runtime_error.
/// Rows of comma-separated numbers.
Matrix read_csv(const std::filesystem::path& file);
/// A two-dimensional float64 array in C order, npy version 1.
Matrix read_npy(const std::filesystem::path& file);
nlohmann::json read_json(const std::filesystem::path& file);
/// tests/data.
std::filesystem::path data();

/// τ = R = 1, no thresholds, bipolar tanh units of one gain.
Circuit plain_circuit(const Matrix& weights, double gain, ActivationKind kind = ActivationKind::tanh);
/// "+-…" of the signs of u; 0 counts as +.
std::string signs(const Vector& u);

}  // namespace basin::test
