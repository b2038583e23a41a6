#pragma once

#include <cstdint>
#include <span>

namespace basin {

/// A core as its user meets it: registers and two streams of words (docs/arithmetic.md §6–7), wherever it runs. RtlEngine
/// drives any of them. Every function throws std::runtime_error when the core does not answer or its RTL reports a fault.
class CorePort {
 public:
  /// What is known at the end of a network step.
  struct Step {
    std::uint64_t cycles = 0;   // from the end of the step before, or from the start of the run; 0 if untimed
    bool busy = false;          // the run goes on
    bool settled = false;
    bool overflow = false;
  };

  virtual ~CorePort() = default;
  /// Legal while a run goes on.
  [[nodiscard]] virtual std::uint32_t read_register(std::uint32_t address) = 0;
  virtual void write_register(std::uint32_t address, std::uint32_t data) = 0;
  /// Sends words through the load stream, the last one with `last` unless `keep_open`. The core must be idle.
  virtual void load(std::span<const std::uint32_t> words, bool keep_open) = 0;
  /// Takes the words of the read stream that a write to READ asked for.
  virtual void read(std::span<std::uint32_t> words) = 0;
  /// Returns when the core is idle.
  virtual void finish() = 0;
  /// Whether step() can follow a run that goes free. If not, every run must be of one step.
  [[nodiscard]] virtual bool follows_runs() const = 0;
  /// After a start: waits for the end of the next step and gives its n states, as words of the core's own width (bits above
  /// it are not defined).
  virtual Step step(std::span<std::int32_t> states) = 0;
};

}  // namespace basin
