#include "sim/cli/command_line.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <new>

#include "models/design/error.hpp"
#include "models/learning/contradiction_error.hpp"
#include "sim/cli/learning_report.hpp"
#include "sim/cli/shell.hpp"
#include "sim/cli/text.hpp"
#include "sim/cli/verb.hpp"
#include "sim/report/text.hpp"
#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin::cli {
namespace {

enum Exit : int { holds = 0, fails = 1, bad_input = 2, tool = 3, internal = 4, environment = 5, interrupted = 130 };

struct Verb {
  const char* name;
  const char* summary;
  Action (*declare)(CLI::App&);
};

constexpr auto verbs = std::to_array<Verb>({
    {"init", "Write a commented starter design into a new folder", declare_init},
    {"doctor", "Show each tool, its version, where it is and what needs it", declare_doctor},
    {"learn", "Make the weights; say what they store, at what cost, or prove that none can", declare_learn},
    {"simulate", "Integrate the circuit in continuous time from every cue", declare_simulate},
    {"verify", "Check that circuit, fixed-point model and RTL recall the same", declare_verify},
    {"synth", "Make an FPGA bitstream; report area and clock", declare_synth},
    {"capacity", "Measure how many random memories are held, beside theory", declare_capacity},
    {"certify", "Prove that each memory is stored, and from where it is recalled", declare_certify},
    {"atlas", "Map the basins of circuit and hardware, and where the two differ", declare_atlas},
    {"spice", "Build it of resistors and amplifiers; compare ngspice with the reference", declare_spice},
    {"yield", "Measure how many made circuits recall, with parts that are off", declare_yield},
    {"import", "Make a design of a SPICE deck of such a circuit", declare_import},
});

void add_common_options(CLI::App& command, CommonOptions& options) {
  command.add_option("--out", options.out, "Folder of the results (default out/<name>)")->type_name("DIR");
  command.add_option("--seed", options.seed, "Seed of the cues (cues.seed)")->type_name("N");
  command.add_option("--jobs", options.jobs, "Worker threads (default: one a core)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""));
  command.add_option("--set", options.set, "Override one key of the design; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false)
      ->expected(1)
      ->take_all();
  command.add_flag("--json", options.json, "Print results.json on standard output, nothing else");
  command.add_flag("--quiet", options.quiet, "Print nothing but errors");
  command.add_flag("--no-color", options.no_color, "No colours; NO_COLOR does the same");
}

/// Keeps descriptors 0–2 taken, so that no file opened later stands where the standard streams are expected.
void hold_standard_streams() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0)
      _exit(environment);
  }
}

int complain(int code, std::string_view message) {
  std::fprintf(stderr, "%s\n", printable(message).c_str());
  return code;
}

int explain(const ToolError& error) {
  complain(tool, std::string("basin: ") + error.what());
  for (const std::string& text : error.last_lines()) complain(tool, "  | " + text);
  if (!error.hint().empty()) complain(tool, "  " + error.hint());
  return tool;
}

/// A claim that fails before there is a result is a result too: its reason.
int refuse(Context& context, const ClaimError& error) {
  context.progress().clear();
  complain(fails, std::string("basin: ") + error.what());
  Json document = context.head("fail");
  document["reason"] = error.what();
  if (const auto* found = dynamic_cast<const ContradictionError*>(&error)) {
    document["learning"]["contradiction"] = contradiction_of(found->conditions(), found->names());
  }
  context.publish(context.folder(context.name()), std::move(document));
  return fails;
}

int run_verb(const std::string& name, const Action& action, const CommonOptions& options) {
  Context context(name, options);
  int code = internal;
  try {
    code = action(context);
  } catch (const ClaimError& error) {
    code = refuse(context, error);
  }
  context.terminal().flush();
  flush_checked(stdout);
  return code;
}

/// The command as a user would type it in the project, without what changes nothing of the result: threads, places, colours.
std::string typed(int argc, const char* const* argv) {
  constexpr std::array with_value{"--jobs", "--out"};
  constexpr std::array flags{"--json", "--quiet", "--no-color"};
  std::string command = "scripts/basin";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto is = [&word](const std::string& option) { return word == option || word.starts_with(option + "="); };
    if (std::ranges::any_of(flags, is)) continue;
    if (std::ranges::any_of(with_value, is)) {
      if (word.find('=') == std::string::npos) ++i;   // its value is the next word
      continue;
    }
    command += " " + report::shell_word(word);
  }
  return command;
}

/// What --help and --version print.
int say(std::string_view text) {
  write_checked(stdout, text);
  flush_checked(stdout);
  return holds;
}

int parse_and_run(int argc, const char* const* argv) {
  CLI::App app("analog Hopfield circuits from a design file to a verified core", "basin");
  app.set_version_flag("--version", "basin " BASIN_VERSION);
  app.require_subcommand(1);
  CommonOptions options;
  std::string chosen;
  std::array<Action, verbs.size()> actions;
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    CLI::App* command = app.add_subcommand(verbs[i].name, verbs[i].summary);
    actions[i] = verbs[i].declare(*command);
    add_common_options(*command, options);
  }
  CLI::App* completion = app.add_subcommand("completion", "Print a completion script: source <(basin completion)");
  CLI::App* man = app.add_subcommand("man", "Print the manual page: basin man | man -l -");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion& version) {
    return say(std::string(version.what()) + "\n");
  } catch (const CLI::Success&) {
    return say(help_text(app));
  } catch (const CLI::ParseError& error) {
    return complain(bad_input, std::string("basin: ") + error.what() + " (basin --help says what is allowed)");
  }
  if (completion->parsed()) return say(bash_completion(app));
  if (man->parsed()) return say(manual_page(app, BASIN_VERSION));
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    if (!app.got_subcommand(verbs[i].name)) continue;
    options.command = typed(argc, argv);
    return run_verb(verbs[i].name, actions[i], options);
  }
  return internal;
}

}  // namespace

int run(int argc, const char* const* argv) {
  hold_standard_streams();
  std::signal(SIGPIPE, [](int) {});  // a closed pipe is an error of the write, and child processes start afresh
  install_interrupt_handler();
  try {
    return parse_and_run(argc, argv);
  } catch (const InputError& error) {
    return complain(bad_input, error.what());
  } catch (const ToolError& error) {
    return explain(error);
  } catch (const EnvironmentError& error) {
    return complain(environment, std::string("basin: ") + error.what());
  } catch (const Interrupted&) {
    return complain(interrupted, "basin: interrupted");
  } catch (const std::bad_alloc&) {
    std::fputs("basin: memory refused\n", stderr);
    return environment;
  } catch (const std::exception& error) {
    return complain(internal, std::string("basin: internal error: ") + error.what());
  }
}

}  // namespace basin::cli
