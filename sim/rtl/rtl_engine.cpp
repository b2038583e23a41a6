#include "sim/rtl/rtl_engine.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include "models/fixed/protocol.hpp"

namespace basin {
namespace {

std::string hex8(std::uint32_t number) {
  char text[11];
  std::snprintf(text, sizeof text, "0x%08x", number);
  return text;
}

void require_same(const char* what, std::uint32_t expected, std::uint32_t got) {
  if (expected == got) return;
  throw std::runtime_error(std::string("the RTL reports ") + what + " " + hex8(got) + ", not " + hex8(expected));
}

std::int32_t sign_extended(std::int32_t word, int bits) {
  const int unused = 32 - bits;
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(word) << unused) >> unused;
}

}  // namespace

RtlEngine::RtlEngine(std::string name, const FixedNetwork& network, std::uint32_t config_id, std::unique_ptr<CorePort> port)
    : name_(std::move(name)),
      network_(network),
      port_(std::move(port)),
      state_(static_cast<std::size_t>(network.neurons)) {
  validate(network_);
  hardware_id_ = read_register(protocol::reg_config_id);
  require_same("CONFIG_ID", config_id, hardware_id_);
  configure();
  for (const std::vector<std::uint32_t>& packet : load_image(network_)) send(packet);
  identify();
  if (network_.core.phases > 0) check_clamps();
}

void RtlEngine::configure() {
  for (const auto& [address, word] : register_settings(network_)) {
    if (address != protocol::reg_limit) write_register(address, word);   // a start writes it
  }
}

void RtlEngine::identify() {
  require_no_fault();
  write_register(protocol::reg_control, protocol::control_check);
  port_->finish();
  network_id_ = read_register(protocol::reg_network_id);
  require_same("NETWORK_ID", basin::network_id(network_), network_id_);
}

void RtlEngine::require_no_fault() {
  const std::uint32_t status = read_register(protocol::reg_status);
  if ((status & protocol::status_load_error) != 0) throw std::runtime_error("the RTL reports a load error");
}

void RtlEngine::set_biases(std::span<const std::int32_t> biases) {
  validate_biases(network_, biases);
  network_.biases.assign(biases.begin(), biases.end());
  biases_changed_ = true;
}

void RtlEngine::set_clamps(std::span<const std::uint8_t> masks) {
  validate_clamps(network_, masks);
  network_.clamps.assign(masks.begin(), masks.end());
  clamps_changed_ = !masks.empty();
}

/// NETWORK_ID does not cover them, so they are read back.
void RtlEngine::check_clamps() {
  require_no_fault();
  const auto read = read_back(protocol::kind_clamps, 0, static_cast<std::uint32_t>(network_.clamps.size()));
  for (std::size_t i = 0; i < read.size(); ++i) require_same("a mask of held neurons", network_.clamps[i], read[i]);
}

void RtlEngine::load(std::span<const std::int32_t> state) {
  if (state.size() != state_.size()) throw std::invalid_argument("load needs one state a neuron");
  stop();
  if (std::exchange(biases_changed_, false)) {
    for (const std::vector<std::uint32_t>& packet : bias_packets(network_.biases)) send(packet);
    identify();
  }
  if (std::exchange(clamps_changed_, false)) {
    for (const std::vector<std::uint32_t>& packet : clamp_packets(network_.clamps)) send(packet);
    check_clamps();
  }
  state_.assign(state.begin(), state.end());
  for (const std::vector<std::uint32_t>& packet : state_packets(state_)) send(packet);
  require_no_fault();
  loaded_ = true;
  settled_ = false;
}

void RtlEngine::start(std::uint32_t limit) {
  write_register(protocol::reg_limit, limit);
  write_register(protocol::reg_control, protocol::control_start);
  busy_ = true;
}

std::uint64_t RtlEngine::step() {
  if (!busy_) {
    const bool free = std::exchange(loaded_, false) && port_->follows_runs();
    start(free ? static_cast<std::uint32_t>(network_.step_limit) : 1);
  }
  const CorePort::Step result = port_->step(state_);
  for (std::int32_t& word : state_) word = sign_extended(word, network_.core.state_bits);
  busy_ = result.busy;
  settled_ = result.settled;
  overflow_ = result.overflow;
  return result.cycles;
}

void RtlEngine::stop() {
  if (!busy_) return;
  write_register(protocol::reg_control, protocol::control_stop);
  port_->finish();
  busy_ = false;
  // The step that was under way has been shown to nobody: an overflow of its own does not count.
  if (!overflow_) write_register(protocol::reg_control, protocol::control_clear);
}

std::uint32_t RtlEngine::read_register(std::uint32_t address) { return port_->read_register(address); }

void RtlEngine::write_register(std::uint32_t address, std::uint32_t data) { port_->write_register(address, data); }

void RtlEngine::send(std::span<const std::uint32_t> words, bool keep_open) { port_->load(words, keep_open); }

std::vector<std::uint32_t> RtlEngine::read_back(std::uint32_t kind, std::uint32_t first, std::uint32_t count) {
  std::vector<std::uint32_t> words(count);
  for (std::span<std::uint32_t> left = words; !left.empty();) {
    const auto part = left.first(std::min<std::size_t>(left.size(), protocol::max_count));
    const auto start = static_cast<std::uint32_t>(count - left.size());
    write_register(protocol::reg_read, protocol::header(kind, first + start, static_cast<std::uint32_t>(part.size())));
    port_->read(part);
    port_->finish();
    left = left.subspan(part.size());
  }
  return words;
}

}  // namespace basin
