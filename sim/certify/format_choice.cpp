#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "models/design/error.hpp"
#include "models/fixed/stability.hpp"
#include "sim/certify/a_priori.hpp"
#include "sim/reference/quantise_options.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {
namespace {

constexpr int widest_state = 32, widest_output = 16, most_segments_log2 = 10, narrowest_output = 2;

/// One candidate.
struct Formats {
  int step_exponent = 0;
  int state_fraction = 0;
  int output_bits = widest_output;
  int segments_log2 = most_segments_log2;
};

/// A network of candidate formats and what it comes to.
struct Candidate {
  Quantised quantised;
  HardwareSpec hardware;
  double error = Interval::infinity;   // over B
};

void refuse_phases(const Design& design, const Designed& designed) {
  if (designed.phases.empty() && !(design.cues.present && design.cues.as == CueUse::clamp)) return;
  throw InputError(Location{design.file, 0}, "recall.hold",
                   "runs are bounded in which no neuron is ever held; allowed: hold = [] and cues that clamp nothing");
}

class Chooser {
 public:
  Chooser(const Design& design, Designed designed, double epsilon)
      : epsilon_(epsilon),
        designed_(std::move(designed)),
        options_(quantise_options(design, designed_)),
        names_(design.memory.names) {
    for (Index m = 0; m < design.memory.patterns.rows(); ++m) {
      // A sequence's memories are equilibria only while its slow units are held.
      const bool is_sequence = design.memory.rule == Rule::sequence;
      outputs_.push_back(is_sequence ? Vector() : memory_outputs(design, designed_.learned, m));
    }
  }

  [[nodiscard]] Quantised own() const { return quantise(designed_.core, options_); }

  [[nodiscard]] AprioriBounds bounds(const Quantised& quantised) {
    const CoreSteps steps = core_steps(quantised.network, quantised.realised);
    return sets_of(quantised.realised).bounds(steps, quantised.bound);
  }

  FormatChoice choose(const Quantised& own, const std::function<void(int)>& tried) {
    FormatChoice choice;
    if (sets_of(own.realised).empty()) {
      choice.why_not = "there is no set of states on which the circuit is proved to contract as a bound needs";
      return choice;
    }
    reach_ = sets_of(own.realised).reach() + room * epsilon_ * own.bound;
    double best = Interval::infinity;
    for (int k = own.network.order == 1 ? 0 : 2; k <= finest_step; ++k) {
      throw_if_interrupted();
      if (tried) tried(k);
      const double ideal = without_rounding(own, k);
      const Formats finest = finest_formats(own, k);
      std::optional<Candidate> found = ideal <= epsilon_ ? candidate(own, finest, Interval::infinity) : std::nullopt;
      if (found && found->error <= epsilon_) {
        take(choice, coarsened(own, finest, std::move(*found)));
        return choice;
      }
      const double reached = found ? found->error : ideal;
      choice.coarser = std::isfinite(reached) ? std::optional(reached) : std::nullopt;
      best = std::min(best, reached);
    }
    choice.why_not = fmt::format("the finest formats come to {:.2e} of B at best, at steps down to 2^-{}", best, finest_step);
    return choice;
  }

 private:
  const AprioriSets& sets_of(const Circuit& realised) {
    if (!sets_ || !sets_->are_of(realised)) sets_ = std::make_unique<const AprioriSets>(realised, names_, outputs_);
    return *sets_;
  }

  /// What the step alone comes to: no formats do better.
  double without_rounding(const Quantised& own, int exponent) {
    CoreSteps steps = core_steps(own.network, own.realised);
    steps.share *= std::ldexp(1.0, own.network.step_exponent - exponent);
    steps.lsb_state = 0.0;
    steps.output_error = {};
    return sets_of(own.realised).largest(steps, own.bound, Interval::infinity);
  }

  /// Bits of a state word with that unit: the range of docs/math.md, Quantisation, and states as far as `reach`.
  static int state_bits(const Quantised& own, int exponent, double lsb, double reach) {
    const FixedNetwork& network = own.network;
    const auto slowest = std::ranges::min_element(network.taus);
    const double share = slowest == network.taus.end() ? 1.0 : (*slowest + 1) / 256.0;
    const double range = std::max(own.bound + network.lsb_sum(), reach) / lsb + 0.5 * std::ldexp(1.0, exponent) / share + 1.0;
    return std::max(4, static_cast<int>(std::ceil(std::log2(range + 1.0))) + 1);
  }

  Formats finest_formats(const Quantised& own, int exponent) {
    Formats finest{.step_exponent = exponent};
    const auto bits_of = [&](int fraction) { return state_bits(own, exponent, std::ldexp(1.0, -fraction - 1), reach_); };
    while (finest.state_fraction < 40 && bits_of(finest.state_fraction + 1) <= widest_state) ++finest.state_fraction;
    return finest;
  }

  /// The network of these formats, with the narrowest states that hold its range; empty where there is none.
  std::optional<Candidate> candidate(const Quantised& own, const Formats& formats, double limit) {
    QuantiseOptions options = options_;
    HardwareSpec& hardware = options.hardware;
    hardware.step_exponent = formats.step_exponent;
    hardware.automatic_step = false;
    hardware.state_fraction = formats.state_fraction;
    hardware.drive_bits = formats.output_bits;
    hardware.table_segments = 1 << formats.segments_log2;
    const int fewest = state_bits(own, formats.step_exponent, std::ldexp(1.0, -formats.state_fraction), 0.0);
    std::optional<Candidate> unbounded;
    for (int bits = fewest; bits <= std::min(fewest + 2, widest_state); ++bits) {   // the unit may be half of 2^−F
      hardware.state_bits = bits;
      try {
        Candidate made{quantise(designed_.core, options), hardware, Interval::infinity};
        const FixedNetwork& network = made.quantised.network;
        const CoreSteps steps = core_steps(network, made.quantised.realised);
        made.error = sets_of(made.quantised.realised).largest(steps, made.quantised.bound, limit);
        const bool holds_errors = network.lsb_state * static_cast<double>(network.core.max_state() - 1) >= reach_;
        if (std::isfinite(made.error) || holds_errors) return made;
        unbounded = std::move(made);   // a wider word may hold the states that a bound is sought on
      } catch (const InputError&) {   // no network has these formats
      } catch (const ClaimError&) {   // the step breaks the stability rule
      }
    }
    return unbounded;
  }

  /// Takes bits and segments away in turn, until no one more can go.
  Candidate coarsened(const Quantised& own, Formats formats, Candidate best) {
    const std::array<void (*)(Formats&), 3> ways{[](Formats& f) { --f.state_fraction; }, [](Formats& f) { --f.segments_log2; },
                                                 [](Formats& f) { --f.output_bits; }};
    std::array<bool, 3> open{true, true, true};
    while (open[0] || open[1] || open[2]) {
      for (std::size_t way = 0; way < ways.size(); ++way) {
        if (!open[way]) continue;
        throw_if_interrupted();
        Formats tried = formats;
        ways[way](tried);
        std::optional<Candidate> found;
        if (tried.state_fraction >= 0 && tried.segments_log2 >= 0 && tried.output_bits >= narrowest_output) {
          found = candidate(own, tried, epsilon_);
        }
        open[way] = found && found->error <= epsilon_;
        if (!open[way]) continue;
        formats = tried;
        best = std::move(*found);
      }
    }
    return best;
  }

  void take(FormatChoice& choice, const Candidate& found) {
    choice.hardware = found.hardware;
    choice.quantised = found.quantised;
    choice.bounds = bounds(found.quantised);
  }

  static constexpr double room = 1.25;   // of an error, in the states that bounds are sought on

  double epsilon_;
  double reach_ = 0.0;   // |u| of the core in the sets
  Designed designed_;
  QuantiseOptions options_;
  std::vector<std::string> names_;
  std::vector<Vector> outputs_;
  std::unique_ptr<const AprioriSets> sets_;
};

}  // namespace

Apriori bound_a_priori(const Design& design, double epsilon, const std::function<void(int)>& tried) {
  Designed designed = prepare_circuit(design, kept_for_hardware(design));
  refuse_phases(design, designed);
  Chooser chooser(design, std::move(designed), epsilon);
  Apriori result;
  result.quantised = chooser.own();
  result.epsilon = epsilon;
  result.bounds = chooser.bounds(result.quantised);
  result.choice = chooser.choose(result.quantised, tried);
  return result;
}

}  // namespace basin
