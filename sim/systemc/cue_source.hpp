#pragma once

#include <systemc>

#include "models/design/types.hpp"

namespace basin::systemc {

/// Whoever gives the bench its cue: the design itself, or a module of yours in its place (docs/systemc.md).
class CueSource : public virtual sc_core::sc_interface {
 public:
  /// u(0) for both the analog circuit and the core, N entries, in core coordinates. Called once from an SC_THREAD: it may
  /// let simulated time pass.
  virtual Vector take() = 0;
};

/// The cue as the design gives it, at once.
class DesignCue : public sc_core::sc_module, public CueSource {
 public:
  DesignCue(const sc_core::sc_module_name&, Vector start) : start_(std::move(start)) {}
  Vector take() override { return start_; }

 private:
  Vector start_;
};

}  // namespace basin::systemc
