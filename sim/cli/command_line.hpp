#pragma once

namespace basin::cli {

/// The program: reads the command line, runs the verb, turns every error into one message on standard error and an exit
/// code: 0 done and holds, 1 the claim does not hold, 2 bad input, 3 an external tool, 4 internal, 5 the environment,
/// 130 interrupted.
int run(int argc, const char* const* argv);

}  // namespace basin::cli
