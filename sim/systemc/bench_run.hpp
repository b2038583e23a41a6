#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <systemc>
#include <vector>

#include "models/design/types.hpp"
#include "sim/systemc/cue_source.hpp"

namespace CLI {
class App;
}

namespace basin::systemc {

/// What a program around the bench is asked for.
struct BenchOptions {
  std::filesystem::path design;
  std::vector<std::string> set;     // "key=value"
  std::string cues = "0";           // as cues_in reads it
  std::filesystem::path wave;       // FILE.fst or FILE.vcd, and FILE.gtkw; empty: none
  bool internals = false;           // and FILE-internals.fst
};

/// Adds the options to a command line.
void declare(CLI::App& app, BenchOptions& options);
/// Reads a command line. The exit code of a program that has nothing more to do: 0 after --help, 2 for what it does not allow.
std::optional<int> parse(CLI::App& app, int argc, char** argv);

/// Makes a module that gives the cue, from the cue that the design gives. Called during elaboration.
using MakeSource = std::function<std::unique_ptr<CueSource>(const Vector& start)>;

/// For each cue elaborates the bench, runs it to the end of the recall and prints what was compared. SystemC elaborates once a
/// process: each of several cues has a child of its own. Returns 0, 1 when an SC_ERROR was reported, or the exit code of a
/// child that could not go on. Called once, from sc_main, and returns in the children too. Throws InputError, Interrupted and
/// what prepare_bench and Recording throw.
int run_bench(const BenchOptions& options, const MakeSource& make_source);

/// Runs `program`, prints what it throws, and returns its exit code: 2 for bad input, 3 for a tool, 5 for the
/// environment, 130 for an interrupt.
int guarded(const char* name, const std::function<int()>& program);

/// The body of main(): SystemC's, without its banner.
int simulate_main(int argc, char** argv);

}  // namespace basin::systemc
