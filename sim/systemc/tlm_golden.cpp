#include "sim/systemc/tlm_golden.hpp"

#include <bit>
#include <stdexcept>
#include <utility>

#include "models/fixed/protocol.hpp"

namespace basin::systemc {
namespace {

std::int32_t extended(std::uint32_t word, int bits) {
  const int unused = 32 - bits;
  return static_cast<std::int32_t>(word << unused) >> unused;
}

}  // namespace

GoldenTarget::GoldenTarget(const sc_core::sc_module_name& name, const CoreConfig& core, std::uint32_t config_id,
                           const sc_core::sc_time& step_time)
    : CoreTarget(name), core_(core), config_id_(config_id), step_time_(step_time) {
  const auto n = static_cast<std::size_t>(core.neurons);
  memory_.core = core;
  memory_.neurons = core.neurons;
  memory_.step_exponent = 0;
  memory_.order = 1;
  memory_.step_limit = 0;
  if (core.memories > 0) {
    const auto m = static_cast<std::size_t>(core.memories);
    factors_.patterns.assign(m * n, 1);
    factors_.core.assign(m * m, 0);
    factors_.diagonal.assign(n, 0);
  } else {
    memory_.weights.assign(n * n, 0);
  }
  memory_.biases.assign(n, 0);
  if (core.gain) memory_.gains.resize(n);
  if (core.tau) memory_.taus.resize(n);
  if (core.tables > 1) memory_.selectors.resize(n);
  if (core.pages > 2) memory_.delays.resize(n);
  if (core.phases > 0) memory_.clamps.resize(n);
  memory_.phase_steps.resize(static_cast<std::size_t>(core.timed_phases()));
  memory_.tables.assign(static_cast<std::size_t>(core.tables), Table(static_cast<std::size_t>(core.table_segments)));
  states_.assign(n, 0);
  outputs_.assign(n, 0);
}

bool GoldenTarget::read_register(std::uint32_t address, std::uint32_t& data, sc_core::sc_time&) {
  using namespace protocol;
  switch (address) {
    case reg_config_id: data = config_id_; return true;
    case reg_status:
      data = (answer_.empty() ? 0 : status_busy) | (settled_ ? status_settled : 0) | (overflow_ ? status_overflow : 0) |
             (load_error_ ? status_load_error : 0) | phase() << std::countr_zero(status_phase);
      return true;
    case reg_neurons: data = static_cast<std::uint32_t>(memory_.neurons); return true;
    case reg_step:
      data = static_cast<std::uint32_t>(memory_.step_exponent) | (memory_.order == 2 ? step_order2 : 0);
      return true;
    case reg_settle: data = static_cast<std::uint32_t>(memory_.settle_threshold); return true;
    case reg_limit: data = static_cast<std::uint32_t>(memory_.step_limit); return true;
    case reg_steps: data = steps_; return true;
    case reg_network_id: data = network_id_; return true;
    case reg_capacity:
      data = static_cast<std::uint32_t>(core_.neurons) | static_cast<std::uint32_t>(core_.lanes) << 16;
      return true;
    case reg_delay: data = static_cast<std::uint32_t>(memory_.longest_delay); return true;
    default:
      data = is_phase(address) ? memory_.phase_steps[address - reg_phase0] : 0;
      return true;
  }
}

bool GoldenTarget::write_register(std::uint32_t address, std::uint32_t data, sc_core::sc_time& delay) {
  using namespace protocol;
  if (address == reg_control) return control(data, delay);
  if (!answer_.empty()) {
    load_error_ = true;
    return true;
  }
  switch (address) {
    case reg_neurons:
      if (data == 0 || data > static_cast<std::uint32_t>(core_.neurons)) {
        load_error_ = true;
        return true;
      }
      memory_.neurons = static_cast<int>(data);
      break;
    case reg_step:
      memory_.step_exponent = static_cast<int>(data & 15U);
      memory_.order = (data & step_order2) != 0 ? 2 : 1;
      break;
    case reg_settle: memory_.settle_threshold = data; break;
    case reg_limit: memory_.step_limit = data; return true;   // the history goes on
    case reg_read: ask(data); return true;
    case reg_delay:
      if (core_.pages == 2) return true;
      if (data > static_cast<std::uint32_t>(core_.most_delay())) {
        load_error_ = true;
        return true;
      }
      memory_.longest_delay = static_cast<int>(data);
      break;
    default:
      if (!is_phase(address)) return true;
      memory_.phase_steps[address - reg_phase0] = data;
  }
  changed_ = true;
  return true;
}

bool GoldenTarget::control(std::uint32_t bits, sc_core::sc_time& delay) {
  using namespace protocol;
  if ((bits & control_clear) != 0) {
    overflow_ = load_error_ = false;
    packet_.reset();
  }
  if ((bits & (control_start | control_check)) == 0) return true;
  if (!answer_.empty()) {
    load_error_ = true;
    return true;
  }
  if ((bits & control_check) != 0) network_id_ = basin::network_id(network());
  return (bits & control_start) == 0 || load_error_ || start(delay);
}

bool GoldenTarget::start(sc_core::sc_time& delay) {
  if (changed_ && !states_loaded_) return false;   // the model has no history across such a change
  if (changed_) stepper_.emplace(FixedNumber(network()));
  const auto n = static_cast<std::size_t>(memory_.neurons);
  if (states_loaded_) stepper_->load(std::vector<std::int64_t>(states_.begin(), states_.begin() + memory_.neurons));
  changed_ = states_loaded_ = false;
  steps_ = 0;
  do {
    stepper_->step();
    ++steps_;
    overflow_ = overflow_ || stepper_->overflow();
  } while (!stepper_->settled() && (memory_.step_limit == 0 || steps_ < memory_.step_limit));
  settled_ = stepper_->settled();
  delay += static_cast<double>(steps_) * step_time_;
  for (std::size_t i = 0; i < n; ++i) {
    states_[i] = static_cast<std::int32_t>(stepper_->state()[i]);
    outputs_[i] = static_cast<std::int32_t>(stepper_->arriving()[i]);
  }
  return true;
}

/// The memory cut to the n neurons in use.
FixedNetwork GoldenTarget::network() const {
  FixedNetwork cut = memory_;
  const auto n = static_cast<std::size_t>(memory_.neurons), stride = static_cast<std::size_t>(core_.neurons);
  if (core_.memories > 0) {
    cut.factors = factors(n);
  } else {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) cut.weights[i * n + j] = memory_.weights[i * stride + j];
    }
    cut.weights.resize(n * n);
  }
  cut.biases.resize(n);
  if (core_.gain) cut.gains.resize(n);
  if (core_.tau) cut.taus.resize(n);
  if (core_.tables > 1) cut.selectors.resize(n);
  if (core_.pages > 2) cut.delays.resize(n);
  if (core_.phases > 0) cut.clamps.resize(n);
  return cut;
}

std::shared_ptr<const FixedFactors> GoldenTarget::factors(std::size_t n) const {
  FixedFactors cut = factors_;
  const auto m = static_cast<std::size_t>(core_.memories), stride = static_cast<std::size_t>(core_.neurons);
  for (std::size_t a = 0; a < m; ++a) {
    for (std::size_t i = 0; i < n; ++i) cut.patterns[a * n + i] = factors_.patterns[a * stride + i];
  }
  cut.patterns.resize(m * n);
  cut.diagonal.resize(n);
  return std::make_shared<const FixedFactors>(std::move(cut));
}

GoldenTarget::Header GoldenTarget::judged(std::uint32_t word, bool reading) const {
  using namespace protocol;
  Header header{word >> 28, (word >> 14) & max_count, word & max_count, false};
  const auto n = static_cast<std::uint32_t>(memory_.neurons), m = static_cast<std::uint32_t>(core_.memories);
  const auto entries = static_cast<std::uint32_t>(core_.tables * core_.table_segments);
  const std::uint32_t end = header.first + header.count;
  switch (header.kind) {
    case kind_weights: header.legal = m == 0 && header.first < n && header.count == n; break;
    case kind_factors: header.legal = m > 0 && header.first < n && header.count == m; break;
    case kind_core: header.legal = m > 0 && header.first < m && header.count == m; break;
    case kind_diagonal: header.legal = m > 0 && end <= n; break;
    case kind_biases: case kind_states: header.legal = end <= n; break;
    case kind_outputs: header.legal = reading && end <= n; break;
    case kind_gains: header.legal = core_.gain && end <= n; break;
    case kind_taus: header.legal = core_.tau && end <= n; break;
    case kind_selectors: header.legal = core_.tables > 1 && end <= n; break;
    case kind_delays: header.legal = core_.pages > 2 && end <= n; break;
    case kind_clamps: header.legal = core_.phases > 0 && end <= n; break;
    case kind_bases: case kind_rises: header.legal = end <= entries; break;
    default: break;
  }
  header.legal = header.legal && header.count > 0;
  return header;
}

bool GoldenTarget::load(std::uint32_t word, bool last, sc_core::sc_time&) {
  if (!answer_.empty()) return false;
  if (!packet_) {
    packet_ = judged(word, false);
    taken_ = 0;
    load_error_ = load_error_ || !packet_->legal || last;
  } else if (packet_->legal && taken_ < packet_->count) {
    store(taken_++, word);
    load_error_ = load_error_ || last != (taken_ == packet_->count);
  }
  if (last) packet_.reset();
  return true;
}

void GoldenTarget::store(std::uint32_t index, std::uint32_t word) {
  using namespace protocol;
  const std::uint32_t at = packet_->first + index;
  const auto segments = static_cast<std::uint32_t>(core_.table_segments);
  switch (packet_->kind) {
    case kind_weights:
      memory_.weights[packet_->first * static_cast<std::uint32_t>(core_.neurons) + index] = extended(word, core_.weight_bits);
      break;
    case kind_factors:   // by neuron
      factors_.patterns[index * static_cast<std::uint32_t>(core_.neurons) + packet_->first] = (word >> 1 & 1U) != 0 ? -1 : 1;
      break;
    case kind_core:
      factors_.core[packet_->first * static_cast<std::uint32_t>(core_.memories) + index] = extended(word, core_.weight_bits);
      break;
    case kind_diagonal: factors_.diagonal[at] = extended(word, core_.diagonal_bits()); break;
    case kind_biases: memory_.biases[at] = extended(word, core_.bias_bits); break;
    case kind_gains:
      memory_.gains[at] = {static_cast<std::uint8_t>(word >> 8 & 15U), static_cast<std::uint8_t>(word & 255U)};
      break;
    case kind_taus: memory_.taus[at] = static_cast<std::uint8_t>(word); break;
    case kind_selectors: memory_.selectors[at] = static_cast<std::uint8_t>(word & 3U); break;
    case kind_delays: memory_.delays[at] = static_cast<std::uint16_t>(word & static_cast<std::uint32_t>(core_.pages - 1)); break;
    case kind_clamps: memory_.clamps[at] = static_cast<std::uint8_t>(word & ((1U << core_.phases) - 1U)); break;
    case kind_bases: memory_.tables[at / segments][at % segments].base = extended(word, core_.drive_bits); break;
    case kind_rises: memory_.tables[at / segments][at % segments].rise = extended(word, core_.slope_bits); break;
    case kind_states:
      states_[at] = extended(word, core_.state_bits);
      states_loaded_ = true;
      settled_ = false;
      return;
    default: return;
  }
  changed_ = true;
}

void GoldenTarget::ask(std::uint32_t word) {
  const Header header = judged(word, true);
  if (!header.legal) {
    load_error_ = true;
    return;
  }
  for (std::uint32_t i = 0; i < header.count; ++i) answer_.push_back(stored(header.kind, header.first, i));
}

std::uint32_t GoldenTarget::stored(std::uint32_t kind, std::uint32_t first, std::uint32_t index) const {
  using namespace protocol;
  const std::uint32_t at = first + index;
  const auto segments = static_cast<std::uint32_t>(core_.table_segments);
  switch (kind) {
    case kind_weights:
      return static_cast<std::uint32_t>(memory_.weights[first * static_cast<std::uint32_t>(core_.neurons) + index]);
    case kind_factors:
      return static_cast<std::uint32_t>(std::int32_t{factors_.patterns[index * static_cast<std::uint32_t>(core_.neurons) + first]});
    case kind_core:
      return static_cast<std::uint32_t>(factors_.core[first * static_cast<std::uint32_t>(core_.memories) + index]);
    case kind_diagonal: return static_cast<std::uint32_t>(factors_.diagonal[at]);
    case kind_biases: return static_cast<std::uint32_t>(memory_.biases[at]);
    case kind_gains: return static_cast<std::uint32_t>(memory_.gains[at].exponent << 8 | memory_.gains[at].mantissa);
    case kind_taus: return memory_.taus[at];
    case kind_selectors: return memory_.selectors[at];
    case kind_delays: return memory_.delays[at];
    case kind_clamps: return memory_.clamps[at];
    case kind_bases: return static_cast<std::uint32_t>(memory_.tables[at / segments][at % segments].base);
    case kind_rises: return static_cast<std::uint32_t>(memory_.tables[at / segments][at % segments].rise);
    case kind_outputs: return static_cast<std::uint32_t>(outputs_[at]);
    default: return static_cast<std::uint32_t>(states_[at]);
  }
}

bool GoldenTarget::read(std::uint32_t& word, sc_core::sc_time&) {
  if (answer_.empty()) return false;
  word = answer_.front();
  answer_.pop_front();
  return true;
}

}  // namespace basin::systemc
