#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/capacity/statistics.hpp"
#include "sim/reference/estimate.hpp"
#include "sim/yield/plan.hpp"

namespace basin {

struct YieldOptions {
  int runs = 100;                // circuits made of every random case
  std::filesystem::path store;   // finished cases are kept here, and taken from here
  int jobs = 1;                  // worker threads; the result is the same for every number
  std::function<void(const std::string& stage, std::size_t done, std::size_t total)> progress;   // circuits; may be empty
};

/// What the circuits of one case do. A recall: the cue's run ends at a stable operating point whose visible outputs have the
/// signs of the memory that the cue was made from, with noise: it ends with these signs; under rule `sequence`: it passes every memory
/// in order, that one first. A circuit stores a memory when it has a stable operating point with its signs, under rule `sequence`
/// while its slow units are off.
struct YieldRow {
  YieldCase what;
  std::vector<int> recalled;     // cues, of each circuit; one circuit where all are alike
  std::vector<int> stored;       // memories, of each circuit
  Share yield;                   // recalls of all circuits' cues; 95 % interval with the circuit as the unit that is drawn
  Share all_stored;              // circuits that store every memory; 95 % interval
};

struct YieldReport {
  int runs = 0;
  int cues = 0;
  int memories = 0;
  bool has_faults = true;
  bool is_sequence = false;      // a recall passes every memory
  std::string activation;        // of the design
  std::vector<YieldRow> rows;    // in the order of yield_cases()
  std::size_t found = 0;         // rows taken from the store
};

/// Makes the circuits of every case and asks them every cue; each case is kept as it ends. Throws InputError for designs
/// without memories or with cues that belong to none, ClaimError, EnvironmentError, and Interrupted, after which a second call
/// goes on where this one stopped.
YieldReport run_yield(const Design& design, const YieldOptions& options);

/// What it is expected to take.
Estimate estimate_yield(const Design& design, int runs, int jobs);

}  // namespace basin
