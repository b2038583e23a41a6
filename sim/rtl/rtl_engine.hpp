#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/fixed/network.hpp"
#include "sim/engine.hpp"
#include "sim/port.hpp"

namespace basin {

/// A core behind a port, driven through its own registers and streams. Where the port can follow, a recall runs free: it is
/// started once with the network's step limit, and step() waits until the next step's states have all come out, so that
/// steps overlap as they do in hardware. Otherwise, and for a step asked for after the run ended, a run has one step.
class RtlEngine final : public Engine {
 public:
  /// Loads the network into the core behind `port`, has the core compute NETWORK_ID and compares both identities,
  /// and the masks of held neurons, which no identity covers, word by word.
  /// `config_id` is what CONFIG_ID has to say. Throws std::runtime_error when either differs or the core reports a fault.
  RtlEngine(std::string name, const FixedNetwork& network, std::uint32_t config_id, std::unique_ptr<CorePort> port);

  [[nodiscard]] std::string name() const override { return name_; }
  void set_biases(std::span<const std::int32_t> biases) override;
  void set_clamps(std::span<const std::uint8_t> masks) override;
  void load(std::span<const std::int32_t> state) override;
  std::uint64_t step() override;
  [[nodiscard]] std::span<const std::int32_t> state() const override { return state_; }
  [[nodiscard]] bool settled() const override { return settled_; }
  [[nodiscard]] bool overflow() const override { return overflow_; }
  [[nodiscard]] std::uint32_t hardware_id() const override { return hardware_id_; }
  [[nodiscard]] std::uint32_t network_id() const override { return network_id_; }

  /// Whether the run has ended: settled, or at its step limit.
  [[nodiscard]] bool idle() const { return !busy_; }
  /// Ends the run after the step under way.
  void stop();
  /// A register, read now. Legal while a run goes on.
  [[nodiscard]] std::uint32_t read_register(std::uint32_t address);
  void write_register(std::uint32_t address, std::uint32_t data);
  /// Sends words through the load stream as they are; the core must be idle.
  void send(std::span<const std::uint32_t> words, bool keep_open = false);
  /// Reads `count` words of a kind (protocol.hpp) back through the read stream; the core must be idle.
  [[nodiscard]] std::vector<std::uint32_t> read_back(std::uint32_t kind, std::uint32_t first, std::uint32_t count);

 private:
  void configure();
  void identify();
  void check_clamps();
  void start(std::uint32_t limit);
  void require_no_fault();

  std::string name_;
  FixedNetwork network_;
  std::unique_ptr<CorePort> port_;
  std::vector<std::int32_t> state_;
  bool biases_changed_ = false;
  bool clamps_changed_ = false;
  bool loaded_ = false;      // a state was loaded and no run started since
  bool busy_ = false;
  bool settled_ = false;
  bool overflow_ = false;
  std::uint32_t hardware_id_ = 0;
  std::uint32_t network_id_ = 0;
};

}  // namespace basin
