#include <algorithm>
#include <cmath>
#include <string>

#include "models/circuit/attracting_box.hpp"
#include "models/circuit/circuit.hpp"
#include "models/design/weight_bits.hpp"
#include "models/learning/draft.hpp"
#include "models/learning/margin_program.hpp"
#include "models/learning/rules.hpp"

namespace basin {
namespace {

constexpr double wanted_gap = 1e-3;
constexpr double bias_share = 1.0;
constexpr double self_share = 1.0;
constexpr double least_steepness = 4.0;    // L of weights alone: at a margin the output is within 7e-4 of ±1
constexpr double most_steepness = 64.0;
constexpr double steeper = 1.25;

/// The activation over bipolar units (core coordinates).
Activation core_activation(const CircuitSpec& spec) {
  return Activation(spec.activation == ActivationKind::logistic ? ActivationKind::tanh : spec.activation);
}

class Storing {
 public:
  explicit Storing(const Design& design)
      : design_(design),
        patterns_(design.memory.patterns),
        activation_(core_activation(design.circuit)),
        most_passes_(design.memory.max_epochs) {
    fewest_bits_ = design.hardware.weight_bits.value_or(usual_weight_bits);
    most_bits_ = design.hardware.weight_bits.value_or(most_weight_bits);
  }

  Learned learned() {
    check_symmetry();
    constexpr int few_passes = 20;   // weights of positive margin that show in these need no linear program
    MarginProgram symmetric(patterns_, {.symmetric = true, .bias_share = bias_share, .self_share = {}});
    symmetric.run(wanted_gap, std::min(few_passes, most_passes_));
    if (symmetric.margin() > 0.0) return visible(*finished(symmetric));
    Storability found = storability(patterns_);
    if (found.impossible.empty()) {
      if (const std::optional<Solution> solution = visible_solution(symmetric, found)) return visible(*solution);
    }
    if (design_.memory.visible_only) throw impossible(found);
    return with_hidden(found);
  }

 private:
  /// W is made symmetric, and T = W/R in the units' own ranges is so where those are alike.
  void check_symmetry() const {
    if (!design_.circuit.symmetric) return;
    const Vector& resistance = design_.circuit.resistance;
    const bool alike = resistance.size() == 0 || (resistance.array() == resistance[0]).all();
    if (design_.circuit.input_resistance.size() > 0 || !alike || (has_unipolar() && !all_unipolar())) {
      throw InputError(Location{design_.file, 0}, "circuit.symmetric",
                       "true can't be met by rule = \"any\" here; allowed with one resistance and one range for all neurons");
    }
  }
  [[nodiscard]] bool has_unipolar() const {
    return std::find(design_.circuit.unipolar.begin(), design_.circuit.unipolar.end(), true) != design_.circuit.unipolar.end();
  }
  [[nodiscard]] bool all_unipolar() const {
    return std::find(design_.circuit.unipolar.begin(), design_.circuit.unipolar.end(), false) == design_.circuit.unipolar.end();
  }

  /// Weights of positive margin without a diagonal, where every neuron has some by itself: symmetric ones where the program
  /// finds them. Empty only when the design asks for T = Tᵀ and that makes them impossible; `found` then has the proof.
  std::optional<Solution> visible_solution(MarginProgram& symmetric, Storability& found) {
    if (auto solution = finished(symmetric)) return solution;
    if (!design_.circuit.symmetric) {
      MarginProgram free(patterns_, {.symmetric = false, .bias_share = bias_share, .self_share = {}});
      if (auto solution = finished(free)) return solution;
      return scaled(found.solution, false);
    }
    Solution solution;
    found.impossibility = symmetric_impossibility(patterns_, solution);
    if (!found.impossibility) return scaled(std::move(solution), true);
    for (Index i = 0; i < patterns_.cols(); ++i) found.impossible.push_back(i);
    return std::nullopt;
  }

  std::optional<Solution> finished(const MarginTerms& terms) {
    MarginProgram program(patterns_, terms);
    return finished(program);
  }

  /// What the program ends with; the diagonal, if it has one, is what visible units alone can't have.
  std::optional<Solution> finished(MarginProgram& program) {
    passes_ = program.run(wanted_gap, most_passes_);
    if (!(program.margin() > 0.0)) return std::nullopt;
    return scaled({program.weights(), program.bias()}, program.is_joint());
  }

  /// With a margin of 1 at every neuron; `together`, with one factor for all, where W = Wᵀ is to stay.
  [[nodiscard]] Solution scaled(const Solution& solution, bool together) const {
    const Matrix fields = (patterns_ * solution.weights.transpose()).rowwise() + solution.bias.transpose();
    Vector margins = fields.cwiseProduct(patterns_).colwise().minCoeff().transpose();
    if (together) margins.setConstant(margins.minCoeff());
    return {(solution.weights.array().colwise() / margins.array()).matrix(), solution.bias.cwiseQuotient(margins)};
  }

  Learned visible(const Solution& solution) {
    const auto draft = visible_draft(patterns_, solution.weights, solution.bias, fewest_bits_, most_bits_);
    if (!draft) throw too_few_bits(solution);
    Circuit core = circuit_of(*draft);
    for (double steepness = least_steepness; steepness <= most_steepness; steepness *= steeper) {
      if (auto learned = certified(*draft, steepness, core)) return *learned;
    }
    throw ClaimError("memory: the margins are too small beside the weights for an activation that is never full; "
                     "allowed a steeper one, as \"hard\" or \"tanh\"");
  }

  Learned with_hidden(const Storability& found) {
    std::optional<Learned> learned;
    const bool amplifiers = activation_.kind() != ActivationKind::hard && !design_.memory.hidden_memories;
    if (amplifiers) learned = fed(found);
    if (!learned) learned = remembered();
    if (!learned) throw ClaimError("memory: no gain up to L = 64 makes hidden units of this activation hold their memories");
    learned->impossibility = found.impossibility;
    return *learned;
  }

  /// The fewest hidden units in their linear range that feed the neurons in need; fewer than the memories.
  std::optional<Learned> fed(const Storability& found) {
    MarginTerms terms{.symmetric = true, .bias_share = bias_share, .self_share = Vector::Zero(patterns_.cols())};
    for (const Index i : found.impossible) terms.self_share[i] = self_share;
    std::optional<Solution> solution = finished(terms);
    if (!solution && terms.self_share.minCoeff() == 0.0) {   // neurons that are well off alone are not under T = Tᵀ
      terms.self_share.setConstant(self_share);
      solution = finished(terms);
    }
    if (!solution) return std::nullopt;
    const Index fed = (solution->weights.diagonal().array() > 0.0).count();   // more groups than these are the same ones
    const Index most_groups = std::min({fed, patterns_.rows() - 1, patterns_.cols()});
    const double ratio = design_.circuit.gain.maxCoeff() / design_.circuit.gain.minCoeff();
    for (Index groups = 1; groups <= most_groups; ++groups) {
      for (double steepness = least_steepness; steepness <= most_steepness; steepness *= steeper) {
        const auto draft = feeding_draft(patterns_, solution->weights, solution->bias, groups, steepness, ratio, activation_,
                                         fewest_bits_, most_bits_);
        if (!draft) break;
        Circuit core = circuit_of(*draft);
        if (auto learned = certified(*draft, steepness, core)) return learned;
      }
    }
    return std::nullopt;
  }

  /// A hidden unit a memory.
  std::optional<Learned> remembered() {
    const Draft draft = memory_draft(patterns_);
    Circuit core = circuit_of(draft);
    for (double steepness = memory_steepness(patterns_.cols(), patterns_.rows()); steepness <= most_steepness;
         steepness *= steeper) {
      if (auto learned = certified(draft, steepness, core)) return learned;
    }
    return std::nullopt;
  }

  /// The draft's circuit in core coordinates, but for the unit of its weights.
  [[nodiscard]] Circuit circuit_of(const Draft& draft) const {
    const Vector& gain = design_.circuit.gain;
    Circuit core;
    core.gain.resize(draft.bias.size());
    core.gain << gain, draft.gain.tail(draft.hidden()) * gain.maxCoeff();
    core.activation = activation_;
    core.hidden = draft.hidden();
    return core;
  }

  /// The draft with its unit chosen for L = λ·(margin before rounding), if every memory is then proved an attractor of `core`,
  /// which gets the weights in that unit.
  std::optional<Learned> certified(const Draft& draft, double steepness, Circuit& core) {
    const double unit = draft.unit * steepness / design_.circuit.gain.minCoeff();
    core.weights = draft.weights * unit;
    core.bias = draft.bias * unit;
    const AttractingBoxes boxes(core);
    for (Index m = 0; m < patterns_.rows(); ++m) {
      if (!boxes.around(patterns_.row(m))) return std::nullopt;
    }
    return finished(draft, core, unit);
  }

  Learned finished(const Draft& draft, Circuit& core, double unit) {
    Learned learned;
    learned.hidden = {draft.gain.tail(draft.hidden()), draft.resistance};
    learned.states = draft.states;
    learned.margins = draft.margins * unit;
    learned.weakest = draft.weakest;
    learned.exact_scale = unit;
    learned.weight_bits = draft.bits;
    learned.steepness = design_.circuit.gain.minCoeff() * learned.margins.minCoeff();
    learned.epochs = passes_;
    learned.weights = std::move(core.weights);
    learned.bias = std::move(core.bias);
    to_ranges(design_.circuit.unipolar, learned);
    if (all_unipolar()) learned.hidden.resistance *= 2.0;   // keeps T = Tᵀ
    return learned;
  }

  [[nodiscard]] ImpossibleError impossible(const Storability& found) const {
    const Impossibility& proof = *found.impossibility;
    const std::string who = proof.symmetric ? "no symmetric weights"
                                            : "no weights into neuron " + std::to_string(proof.multipliers.front().neuron);
    return {"memory.visible_only: " + who + " store these patterns at outputs of ±1: a sum of " + std::to_string(proof.multipliers.size()) +
                " of the margins is 0 whatever the weights and biases (basin learn prints the proof)",
            proof};
  }

  [[nodiscard]] ClaimError too_few_bits(const Solution& solution) const {
    int bits = fewest_bits_ + 1;
    while (bits <= most_weight_bits && !visible_draft(patterns_, solution.weights, solution.bias, bits, bits)) ++bits;
    return ClaimError("hardware.weight: " + std::to_string(fewest_bits_) + " bits leave no positive margin; " +
                      (bits <= most_weight_bits ? std::to_string(bits) + " suffice" : "nor do " + std::to_string(most_weight_bits)));
  }

  const Design& design_;
  const Matrix& patterns_;
  Activation activation_;
  int most_passes_;
  int fewest_bits_ = 0, most_bits_ = 0;
  int passes_ = 0;
};

}  // namespace

/// Makes any patterns attractors: by visible units where linear programming says that they can, with the largest margin;
/// else with as few hidden units as are found to do, and a proof that outputs of ±1 need some (docs/math.md, Any given states).
Learned any(const Design& design) { return Storing(design).learned(); }

}  // namespace basin
