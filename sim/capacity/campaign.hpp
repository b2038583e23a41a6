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

/// What the trials of a search say: weight bits with which every memory is stored.
struct FewestBits {
  std::size_t stored = 0;   // trials in which some number of bits does
  int least = 0;            // of those trials; 0 when there is none
  int middle = 0;           // the upper median
  int most = 0;
};

/// One cell with what its trials say.
struct CellResult {
  Cell cell;
  std::vector<TrialOutcome> trials;
  int recalls = 0;               // of each trial; 0: a search for weight bits
  FewestBits bits;               // of a search
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
  std::optional<double> critical_load;   // of theory for N → ∞
  FiniteSizeScaling scaling;
};

/// m(α) of theory up to its critical load, for all the curves that it tells the same; `cell` is of the first.
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
  bool search = false;                  // for weight bits; then there are no recalls

  /// Whether every word of the RTL was the fixed-point model's.
  [[nodiscard]] bool bit_exact() const;
};

/// Runs every cell of the design that the store does not hold yet, keeping each as it ends; those of the same weights run, and
/// end, together. Throws InputError, ClaimError,
/// ToolError, EnvironmentError, and Interrupted, after which a second call goes on where this one stopped.
Campaign run_campaign(const Design& design, const CampaignOptions& options);

}  // namespace basin
