#pragma once

#include <cstdint>
#include <systemc>

#include "sim/port.hpp"
#include "sim/systemc/core.hpp"
#include "sim/systemc/monitor.hpp"

namespace basin::systemc {

/// The core as software meets it: register accesses and stream transfers with valid and ready, clock by clock. Every
/// function is called from one SC_THREAD and returns at a rising edge of the core's clock.
class SignalPort final : public CorePort {
 public:
  /// `longest_wait`: clocks that anything may take (models/fixed/clocks.hpp).
  SignalPort(Core& core, Monitor& monitor, std::int64_t longest_wait);

  /// Holds the core in reset for two clocks. Comes first.
  void reset();

  [[nodiscard]] std::uint32_t read_register(std::uint32_t address) override;
  void write_register(std::uint32_t address, std::uint32_t data) override;
  void load(std::span<const std::uint32_t> words, bool keep_open) override;
  void read(std::span<std::uint32_t> words) override;
  /// Takes one word of the read stream; false when the core is idle and gives none.
  bool read_word(std::uint32_t& word);
  void finish() override;
  [[nodiscard]] bool follows_runs() const override { return true; }
  Step step(std::span<std::int32_t> states) override;

 private:
  void edge();
  void edges_until(const sc_core::sc_signal<bool>& signal, const char* what);

  Core& core_;
  Monitor& monitor_;
  sc_core::sc_time patience_;
};

}  // namespace basin::systemc
