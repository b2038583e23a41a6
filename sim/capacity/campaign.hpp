#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/capacity/scaling.hpp"
#include "models/capacity/statistics.hpp"
#include "sim/capacity/theory.hpp"
#include "sim/capacity/trial.hpp"

namespace basin {

struct CampaignOptions {
  std::filesystem::path store;   // finished cells are kept here, and taken from here
  int jobs = 1;                  // worker threads; the result is the same for every number
  std::function<void(const std::string& stage, std::size_t done, std::size_t total)> progress;   // trials; may be empty
};

/// One cell with what its trials say.
struct CellResult {
  Cell cell;
  std::vector<TrialOutcome> trials;
  int recalls = 0;               // of each trial
  Mean overlap;                  // over trials, of the mean over the recalls of each
  Share recalled;                // recalls with at most one neuron in twenty of the wrong sign
  int unsettled = 0;
  std::uint64_t words = 0;       // of the RTL compared with the fixed-point model's
  std::uint64_t cycles = 0;
  std::string mismatch;          // the first; "" when every word was equal
  CellTheory theory;
};

/// The finite-size scaling of curves that differ in N alone; `cell` is one of theirs.
struct CurveScaling {
  Cell cell;
  std::optional<double> critical_load;   // of theory
  FiniteSizeScaling scaling;
};

/// m(α) of theory up to its critical load, for the curves of `cell`'s rule, gain and kind of engine.
struct TheoryCurve {
  Cell cell;
  CellTheory theory;
  std::vector<double> loads;
  std::vector<double> overlaps;
};

struct Campaign {
  std::vector<CellResult> cells;
  std::vector<CurveScaling> scalings;   // of curves with three or more N on both sides of half recalled
  std::vector<TheoryCurve> theories;    // over the loads of the campaign
  std::size_t found = 0;                // cells taken from the store

  /// Whether every word of the RTL was the fixed-point model's.
  [[nodiscard]] bool bit_exact() const;
};

/// Runs every cell of the design that the store does not hold yet, keeping each as it ends. Throws InputError, ClaimError,
/// ToolError, EnvironmentError, and Interrupted, after which a second call goes on where this one stopped.
Campaign run_campaign(const Design& design, const CampaignOptions& options);

}  // namespace basin
