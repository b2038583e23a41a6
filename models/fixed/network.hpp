#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "models/fixed/core_config.hpp"

namespace basin {

/// One segment of an activation table: y_c and d_c of docs/arithmetic.md §4.
struct Segment {
  std::int32_t base = 0;
  std::int32_t rise = 0;
};
using Table = std::vector<Segment>;   // CoreConfig::table_segments entries

/// Gain word of one neuron: λ_i = λ_max (mantissa + 1)/256 · 2^−exponent.
struct GainWord {
  std::uint8_t exponent = 0;   // 0 … 15
  std::uint8_t mantissa = 255;
};

/// W in factors: W = XᵀÂX + diag(D̂), all integers, nothing rounded in between (docs/decisions/0001).
struct FixedFactors {
  std::vector<std::int8_t> patterns;     // X, M × N, row-major, ±1
  std::vector<std::int32_t> core;        // Â, M × M, row-major, symmetric
  std::vector<std::int32_t> diagonal;    // D̂, N
};

/// A network of integers ready to be loaded: everything that §3–§5 need, and the scales that give the integers their meaning.
struct FixedNetwork {
  CoreConfig core;
  int neurons = 0;                       // n ≤ core.neurons
  int step_exponent = 5;                 // K
  int order = 2;
  std::int64_t settle_threshold = 0;
  std::int64_t step_limit = 4096;
  std::vector<std::int32_t> weights;     // n × n, row-major: W_ij at i·n + j; empty in the factored form
  std::shared_ptr<const FixedFactors> factors;   // in the factored form (core.memories > 0) instead
  std::vector<std::int32_t> biases;      // n
  std::vector<GainWord> gains;           // n, or empty without core.gain
  std::vector<std::uint8_t> taus;        // m_i: n, or empty without core.tau
  std::vector<std::uint8_t> selectors;   // n, or empty with one table
  std::vector<std::uint16_t> delays;     // δ_i, steps: n, or empty with two pages
  int longest_delay = 0;                 // max δ_i: how much longer a run must be quiet to have settled
  std::vector<Table> tables;             // core.tables
  std::vector<std::uint8_t> clamps;      // c_i, bit p: held in phase p; n, or empty without core.phases
  std::vector<std::uint32_t> phase_steps;   // L_p of every phase but the last: core.timed_phases()

  // What one unit is worth, in the units of the circuit in core coordinates.
  double lsb_state = 1.0;                // LSB_u
  double lsb_weight = 1.0;               // LSB_W
  double lsb_drive = 1.0;                // LSB_V = 1/full code
  double dt = 1.0;                       // time of one step: 2^−K τ_min, s or τ
  [[nodiscard]] double lsb_sum() const { return lsb_weight * lsb_drive; }   // LSB_n
};

/// Throws std::invalid_argument when a size or a value does not fit `network.core`.
void validate(const FixedNetwork& network);
/// The same for biases that are to replace the network's.
void validate_biases(const FixedNetwork& network, std::span<const std::int32_t> biases);
/// The same for masks that are to replace the network's.
void validate_clamps(const FixedNetwork& network, std::span<const std::uint8_t> clamps);
/// network.id of docs/arithmetic.md §8.
std::uint32_t network_id(const FixedNetwork& network);
/// round-half-up(u/LSB_u), saturated: what loads a state.
std::int32_t raw_state(const FixedNetwork& network, double u);
/// The settings of §6 as a load writes them, in order: address, word.
std::vector<std::pair<std::uint32_t, std::uint32_t>> register_settings(const FixedNetwork& network);
/// The load packets of §7 for everything but the states (weights or factors, biases, features, tables), in canonical order;
/// X by neuron. Each inner vector is one packet: header, then values. A list longer than a packet counts is several.
std::vector<std::vector<std::uint32_t>> load_image(const FixedNetwork& network);
/// The packets that load biases.
std::vector<std::vector<std::uint32_t>> bias_packets(std::span<const std::int32_t> biases);
/// The packets that load masks.
std::vector<std::vector<std::uint32_t>> clamp_packets(std::span<const std::uint8_t> clamps);
/// The packets that load states.
std::vector<std::vector<std::uint32_t>> state_packets(const std::vector<std::int32_t>& state);

}  // namespace basin
