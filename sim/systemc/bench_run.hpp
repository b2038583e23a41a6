#pragma once

#include <filesystem>
#include <functional>
#include <memory>
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
  int cue = 0;
  std::filesystem::path wave;       // FILE.vcd and FILE.gtkw; empty: none
};

/// Adds the options to a command line.
void declare(CLI::App& app, BenchOptions& options);

/// Makes a module that gives the cue, from the cue that the design gives. Called during elaboration.
using MakeSource = std::function<std::unique_ptr<CueSource>(const Vector& start)>;

/// Elaborates the bench, runs it to the end of the recall and prints what was compared. Returns 0, or 1 when an SC_ERROR
/// was reported. Called once, from sc_main. Throws as prepare_bench does.
int run_bench(const BenchOptions& options, const MakeSource& make_source);

/// Runs `program`, prints what it throws, and returns its exit code: 2 for bad input, 3 for a tool, 5 for the environment.
int guarded(const char* name, const std::function<int()>& program);

/// The body of main(): SystemC's, without its banner.
int simulate_main(int argc, char** argv);

}  // namespace basin::systemc
