#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/compare/verification.hpp"

namespace basin {

/// The engines built into Basin: "golden", "verilator", "systemc", "icarus", "gate", "gate-icarus", "board". Throws InputError
/// for another name. `notice` hears, in one line, of a model that has to be built first. `port` is the serial port of a
/// board.
std::unique_ptr<Engine> make_engine(const std::string& name, const FixedNetwork& network,
                                    const std::function<void(const std::string&)>& notice = {}, const std::string& port = {});

/// Golden first, then the others asked for, each once.
std::vector<std::string> engine_names(const std::vector<std::string>& asked);

/// Whether an engine of that name is so slow that it runs `icarus_cues` of the cues alone.
bool is_slow(const std::string& name);

/// Whether slow engines run this cue: `chosen` of `count` cues, evenly spread, the first among them.
bool slow_engines_run(std::size_t cue, std::size_t count, std::size_t chosen);

/// One set of engines per worker thread, made when the worker first needs it.
class EngineSets {
 public:
  EngineSets(std::vector<std::string> names, EngineFactory factory, const FixedNetwork& network, int workers);
  /// The engines of one worker, golden first; those that stay out and were never needed are null. Called by that worker
  /// alone.
  const std::vector<std::unique_ptr<Engine>>& of(std::size_t worker, const std::vector<bool>& stay_out = {});
  /// Which engines stay out of a cue that slow ones do not run.
  [[nodiscard]] std::vector<bool> slow_ones() const;
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  EngineFactory factory_;
  const FixedNetwork& network_;
  std::vector<std::vector<std::unique_ptr<Engine>>> sets_;
};

/// "" when the engine reports golden's hardware.id and network.id, else what differs.
std::string identity_problem(const Engine& golden, const Engine& engine);

}  // namespace basin
