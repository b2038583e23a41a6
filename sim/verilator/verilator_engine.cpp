#include "sim/verilator/verilator_engine.hpp"

#include <cstdio>
#include <stdexcept>
#include <utility>

#include "models/fixed/protocol.hpp"

namespace basin {
namespace {

constexpr std::uint32_t power_up_seed = 1;

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

VerilatorEngine::VerilatorEngine(const FixedNetwork& network, std::shared_ptr<const RtlModel> model)
    : network_(network),
      model_(std::move(model)),
      shim_(model_->functions().create(static_cast<std::uint32_t>(network.core.neurons), power_up_seed), {model_.get()}),
      state_(static_cast<std::size_t>(network.neurons)) {
  validate(network_);
  if (!(network_.core == model_->core())) throw std::logic_error("the RTL model was built for another configuration");
  if (shim_ == nullptr) throw std::bad_alloc();
  hardware_id_ = read_register(protocol::reg_config_id);
  require_same("CONFIG_ID", model_->config_id(), hardware_id_);
  configure();
  for (const std::vector<std::uint32_t>& packet : load_image(network_)) send(packet);
  identify();
}

void VerilatorEngine::check(int result) const {
  if (result != 0) throw std::runtime_error(std::string("RTL: ") + model_->functions().problem(shim_.get()));
}

void VerilatorEngine::configure() {
  const std::uint32_t order = network_.order == 2 ? protocol::step_order2 : 0;
  write_register(protocol::reg_neurons, static_cast<std::uint32_t>(network_.neurons));
  write_register(protocol::reg_step, static_cast<std::uint32_t>(network_.step_exponent) | order);
  write_register(protocol::reg_settle, static_cast<std::uint32_t>(network_.settle_threshold));
}

void VerilatorEngine::identify() {
  require_no_fault();
  write_register(protocol::reg_control, protocol::control_check);
  check(model_->functions().finish(shim_.get()));
  network_id_ = read_register(protocol::reg_network_id);
  require_same("NETWORK_ID", basin::network_id(network_), network_id_);
}

void VerilatorEngine::require_no_fault() {
  const std::uint32_t status = read_register(protocol::reg_status);
  if ((status & protocol::status_load_error) != 0) throw std::runtime_error("the RTL reports a load error");
}

void VerilatorEngine::set_biases(std::span<const std::int32_t> biases) {
  validate_biases(network_, biases);
  network_.biases.assign(biases.begin(), biases.end());
  biases_changed_ = true;
}

void VerilatorEngine::load(std::span<const std::int32_t> state) {
  if (state.size() != state_.size()) throw std::invalid_argument("load needs one state a neuron");
  stop();
  if (std::exchange(biases_changed_, false)) {
    std::vector<std::uint32_t> packet{
        protocol::header(protocol::kind_biases, 0, static_cast<std::uint32_t>(network_.biases.size()))};
    for (const std::int32_t bias : network_.biases) packet.push_back(static_cast<std::uint32_t>(bias));
    send(packet);
    identify();
  }
  state_.assign(state.begin(), state.end());
  send(state_packet(state_));
  require_no_fault();
  loaded_ = true;
  settled_ = false;
}

void VerilatorEngine::start(std::uint32_t limit) {
  write_register(protocol::reg_limit, limit);
  write_register(protocol::reg_control, protocol::control_start);
  busy_ = true;
}

std::uint64_t VerilatorEngine::step() {
  if (!busy_) start(std::exchange(loaded_, false) ? static_cast<std::uint32_t>(network_.step_limit) : 1);
  BasinShimStep result{};
  check(model_->functions().step(shim_.get(), state_.data(), state_.size(), &result));
  for (std::int32_t& word : state_) word = sign_extended(word, network_.core.state_bits);
  busy_ = result.busy != 0;
  settled_ = result.settled != 0;
  overflow_ = result.overflow != 0;
  return result.cycles;
}

void VerilatorEngine::stop() {
  if (!busy_) return;
  write_register(protocol::reg_control, protocol::control_stop);
  check(model_->functions().finish(shim_.get()));
  busy_ = false;
  // The step that was under way has been shown to nobody: an overflow of its own does not count.
  if (!overflow_) write_register(protocol::reg_control, protocol::control_clear);
}

std::uint32_t VerilatorEngine::read_register(std::uint32_t address) {
  std::uint32_t data = 0;
  check(model_->functions().read_register(shim_.get(), address, &data));
  return data;
}

void VerilatorEngine::write_register(std::uint32_t address, std::uint32_t data) {
  check(model_->functions().write_register(shim_.get(), address, data));
}

void VerilatorEngine::send(std::span<const std::uint32_t> words, bool keep_open) {
  check(model_->functions().load(shim_.get(), words.data(), words.size(), keep_open ? 1 : 0));
}

std::vector<std::uint32_t> VerilatorEngine::read_back(std::uint32_t kind, std::uint32_t first, std::uint32_t count) {
  std::vector<std::uint32_t> words(count);
  write_register(protocol::reg_read, protocol::header(kind, first, count));
  check(model_->functions().read(shim_.get(), words.data(), words.size()));
  check(model_->functions().finish(shim_.get()));
  return words;
}

std::unique_ptr<Engine> make_verilator_engine(const FixedNetwork& network, const RtlBuildOptions& options) {
  return std::make_unique<VerilatorEngine>(network, load_rtl_model(network.core, options));
}

}  // namespace basin
