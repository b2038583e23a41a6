#include "models/design/text.hpp"
#include "models/physical/deck.hpp"

namespace basin {
namespace {

constexpr const char* tolerances = "reltol=1e-6 abstol=1e-15 vntol=1e-9 trtol=1";
constexpr int print_steps = 1000;   // of t_end: a hint that simulators with a step control of their own don't follow

/// ".save V(u0)" or the like for every state and output, a few a line.
std::string kept(const std::string& command, Index neurons) {
  constexpr Index a_line = 8;
  std::string text;
  for (Index i = 0; i < neurons; ++i) {
    text += i % a_line == 0 ? (i == 0 ? "" : "\n") + command : "";
    text += " V(" + state_node(i) + ") V(" + output_node(i, false) + ")";
  }
  return text + "\n";
}

std::string starts(const Bench& bench) {
  std::string text;
  for (Index i = 0; i < bench.start.size(); ++i) text += ".ic V(" + state_node(i) + ")=" + number_text(bench.start[i]) + "\n";
  return text;
}

}  // namespace

std::string bench_text(Dialect dialect, const Bench& bench) {
  const std::string step = number_text(bench.t_end / print_steps), end = number_text(bench.t_end);
  const std::string limit = number_text(bench.max_step);
  std::string text = "* " + one_line(bench.title) + "\n";
  const Index neurons = bench.start.size();
  switch (dialect) {
    case Dialect::ngspice:
      text += ".include " + bench.deck + "\n" + starts(bench) + ".options " + tolerances + "\n" + kept(".save", neurons);
      text += ".tran " + step + " " + end + " 0 " + limit + " uic\n";
      text += ".control\nrun\nset filetype=binary\nwrite " + bench.result + "\necho " + end_marker + "\nquit\n.endc\n";
      break;
    case Dialect::xyce:
      text += ".include " + bench.deck + "\n" + starts(bench) + ".options timeint reltol=1e-6 abstol=1e-9\n";
      text += ".tran " + step + " " + end + " 0 " + limit + " uic\n";
      text += ".print tran format=csv file=" + bench.result + "\n" + kept("+", neurons);
      break;
    case Dialect::ltspice:
      text += ".include " + bench.deck + "\n" + starts(bench) + ".options " + tolerances + "\n" + kept(".save", neurons);
      text += ".tran 0 " + end + " 0 " + limit + " uic\n";
      break;
  }
  return text + ".end\n";
}

}  // namespace basin
