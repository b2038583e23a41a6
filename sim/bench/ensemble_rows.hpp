#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace basin {

struct EnsembleBenchOptions {
  bool quick = false;               // a tenth of the cues, fewer repeats
  std::filesystem::path python;     // with numpy, jax and torch
};

/// One measurement: its name and what makes its JSON object (docs/performance-ensemble.md).
struct BenchRow {
  std::string name;
  std::function<nlohmann::json()> measure;
};

/// The rows about ensembles, in the order of the page.
std::vector<BenchRow> ensemble_rows(const EnsembleBenchOptions& options);

}  // namespace basin
