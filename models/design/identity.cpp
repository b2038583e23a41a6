#include "models/design/identity.hpp"

#include "models/design/activation_names.hpp"
#include "models/design/canonical_json.hpp"
#include "models/design/rule_names.hpp"
#include "models/design/sha256.hpp"

namespace basin {

namespace {

const char* name_of(CueUse use) {
  if (use == CueUse::input) return "input";
  return use == CueUse::clamp ? "clamp" : "state";
}

void write(JsonWriter& json, const CapacitySpec& capacity) {
  json.open('{');
  json.key("engines");
  json.open('[');
  for (const std::string& engine : capacity.engines) json.text(engine);
  json.close(']');
  field(json, "fewest_bits", capacity.fewest_bits);
  list(json, "flips", capacity.flips);
  list(json, "gains", capacity.gains);
  list(json, "neurons", capacity.neurons);
  json.key("patterns");
  json.open('[');
  for (const std::vector<int>& counts : capacity.patterns) {
    json.open('[');
    for (const int count : counts) json.raw(std::to_string(count));
    json.close(']');
  }
  json.close(']');
  field(json, "recalls", capacity.recalls);
  json.key("rules");
  json.open('[');
  for (const Rule rule : capacity.rules) json.text(to_string(rule));
  json.close(']');
  field(json, "sign", capacity.sign);
  field(json, "trials", capacity.trials);
  list(json, "weight_bits", capacity.weight_bits);
  json.close('}');
}

void write(JsonWriter& json, const CircuitSpec& circuit) {
  json.open('{');
  field(json, "activation", to_string(circuit.activation));
  if (!circuit.activation_of.empty()) {
    json.key("activation_of");
    json.open('[');
    for (const ActivationKind kind : circuit.activation_of) json.text(to_string(kind));
    json.close(']');
  }
  field(json, "activation_table", circuit.activation_table.value_or(Matrix()));
  field(json, "bias", circuit.bias);
  field(json, "capacitance", circuit.capacitance);
  if (circuit.delay.size() > 0) field(json, "delay", circuit.delay);
  field(json, "gain", circuit.gain);
  field(json, "initial", circuit.initial);
  field(json, "input_resistance", circuit.input_resistance);
  field(json, "resistance", circuit.resistance);
  field(json, "symmetric", circuit.symmetric);
  field(json, "tau", circuit.tau);
  field(json, "threshold", circuit.threshold);
  json.key("unipolar");
  json.open('[');
  for (const bool unipolar : circuit.unipolar) json.raw(unipolar ? "true" : "false");
  json.close(']');
  field(json, "units", circuit.units == Units::physical ? "physical" : "normalised");
  field(json, "weights", circuit.weights.value_or(Matrix()));
  json.close('}');
}

void write(JsonWriter& json, const CueSpec& cues) {
  json.open('{');
  field(json, "amplitude", cues.amplitude);
  field(json, "as", name_of(cues.as));
  if (cues.carry) field(json, "carry", cues.carry);
  field(json, "count", cues.count);
  field(json, "flip", cues.flip);
  field(json, "from", cues.from == CueSource::file ? "file" : "patterns");
  field(json, "given", cues.given);
  if (cues.occlude > 0.0) field(json, "occlude", cues.occlude);
  field(json, "present", cues.present);
  field(json, "seed", cues.seed);
  const Vector shift = Eigen::Vector2d(cues.shift_right, cues.shift_down);
  if (!shift.isZero()) field(json, "shift", shift);
  json.close('}');
}

void write(JsonWriter& json, const HardwareSpec& hardware) {
  json.open('{');
  field(json, "activation_table", hardware.table_segments);
  field(json, "allow_unstable_step", hardware.allow_unstable_step);
  field(json, "form", hardware.form);
  field(json, "lanes", hardware.lanes);
  field(json, "max_steps", hardware.max_steps);
  field(json, "order", static_cast<int>(hardware.order));
  if (hardware.drive_bits) field(json, "output", *hardware.drive_bits);
  field(json, "settle_threshold", hardware.settle_threshold);
  field(json, "state_bits", hardware.state_bits);
  field(json, "state_fraction", hardware.state_fraction);
  field(json, "step_exponent", hardware.automatic_step ? std::nullopt : std::optional(hardware.step_exponent));
  field(json, "target", hardware.target);
  field(json, "weight", hardware.weight_bits);
  json.close('}');
}

void write(JsonWriter& json, const MemorySpec& memory) {
  json.open('{');
  field(json, "diagonal", memory.diagonal == Diagonal::keep ? "keep" : "zero");
  const bool any = memory.rule == Rule::any;   // what the other rules have no use for does not change their designs
  if (any) field(json, "hidden", memory.hidden_memories ? "memories" : "fewest");
  field(json, "margin", memory.margin);
  if (memory.mask.size() > 0) field(json, "mask", memory.mask);   // what a design does not use does not change its identity
  field(json, "max_epochs", memory.max_epochs);
  json.key("names");
  json.open('[');
  for (const std::string& name : memory.names) json.text(name);
  json.close(']');
  if (memory.rule == Rule::polynomial) field(json, "degree", memory.degree);
  field(json, "patterns", memory.patterns);
  if (memory.polarity.size() > 0) field(json, "polarity", memory.polarity);
  if (memory.row_sum) field(json, "row_sum", memory.row_sum);
  field(json, "rule", to_string(memory.rule));
  const bool unlearns = memory.rule == Rule::unlearning;
  if (unlearns || memory.weight_bits) field(json, "seed", memory.seed);
  if (!memory.symmetric) field(json, "symmetric", memory.symmetric);
  if (unlearns) field(json, "unlearning_count", memory.unlearning_count);
  if (unlearns) field(json, "unlearning_rate", memory.unlearning_rate);
  if (memory.rule == Rule::sequence) field(json, "tau_slow", memory.tau_slow);
  if (any) field(json, "visible_only", memory.visible_only);
  if (memory.weight_bits) field(json, "weight_bits", memory.weight_bits);
  json.close('}');
}

void write(JsonWriter& json, const RecallSpec& recall) {
  json.open('{');
  json.key("hold");
  if (recall.hold) {
    json.open('[');
    for (const Held held : *recall.hold) json.text(held == Held::visible ? "visible" : "hidden");
    json.close(']');
  } else {
    json.text("auto");
  }
  json.key("hold_time");
  json.open('[');
  for (const double time : recall.hold_time) json.number(time);
  json.close(']');
  json.close('}');
}

void write(JsonWriter& json, const SimulateSpec& simulate) {
  json.open('{');
  field(json, "atol", simulate.atol);
  field(json, "rtol", simulate.rtol);
  field(json, "samples", simulate.samples);
  field(json, "t_end", simulate.t_end);
  json.close('}');
}

void write(JsonWriter& json, const VerifySpec& verify) {
  json.open('{');
  field(json, "icarus_cues", verify.icarus_cues);
  field(json, "max_borderline", verify.max_borderline);
  field(json, "max_moved_by_weights", verify.max_moved_by_weights);
  field(json, "max_state_deviation", verify.max_state_deviation);
  field(json, "max_total_deviation", verify.max_total_deviation);
  json.close('}');
}

/// What is not used, or as it is by default, is left out: designs from before these sections keep their identity.
void write(JsonWriter& json, const AmplifierSpec& amplifier) {
  json.open('{');
  if (amplifier.gain_bandwidth_hz.size() > 0) field(json, "gain_bandwidth", amplifier.gain_bandwidth_hz);
  if (!amplifier.input_offset_v.isZero(0.0)) field(json, "input_offset", amplifier.input_offset_v);
  if (amplifier.open_loop_gain.size() > 0) field(json, "open_loop_gain", amplifier.open_loop_gain);
  field(json, "output_resistance", amplifier.output_resistance_ohm);
  if (amplifier.saturation_v.size() > 0) field(json, "saturation", amplifier.saturation_v);
  if (amplifier.slew_rate_v_per_s.size() > 0) field(json, "slew_rate", amplifier.slew_rate_v_per_s);
  json.close('}');
}

void write(JsonWriter& json, const NoiseSpec& noise) {
  json.open('{');
  field(json, "seed", noise.seed);
  field(json, "step", noise.step);
  field(json, "temperature", noise.temperature);
  json.close('}');
}

void write(JsonWriter& json, const ProblemSpec& problem) {
  json.open('{');
  field(json, "bounds", problem.bounds);
  field(json, "constraints", problem.constraints);
  field(json, "cost", problem.cost);
  field(json, "kind", "lp");
  field(json, "largest", problem.largest);
  field(json, "penalty", problem.penalty);
  field(json, "tau_constraint", problem.tau_constraint);
  json.close('}');
}

void write(JsonWriter& json, const ToleranceSpec& tolerance) {
  json.open('{');
  field(json, "capacitors", tolerance.capacitors);
  field(json, "input_offset", tolerance.input_offset_v);
  field(json, "resistors", tolerance.resistors);
  field(json, "seed", tolerance.seed);
  field(json, "short_resistance", tolerance.short_resistance_ohm);
  field(json, "stuck_open", tolerance.stuck_open);
  field(json, "stuck_short", tolerance.stuck_short);
  field(json, "supply_droop", tolerance.supply_droop);
  field(json, "uniform", tolerance.uniform);
  json.close('}');
}

void write(JsonWriter& json, const PhysicalSpec& physical) {
  json.open('{');
  field(json, "capacitance", physical.capacitance_f);
  field(json, "levels", physical.levels);
  field(json, "output_swing", physical.output_swing_v);
  if (physical.overlaps) field(json, "overlaps", true);
  field(json, "resistance", physical.resistance_ohm);
  field(json, "series", static_cast<int>(physical.series));
  json.close('}');
}

void write(const Design& design, std::function<void(std::string_view)> sink) {
  JsonWriter json(std::move(sink));
  json.open('{');
  if (!design.amplifier.is_ideal()) {
    json.key("amplifier");
    write(json, design.amplifier);
  }
  if (design.capacity.present) {  // a design without it keeps the identity it had
    json.key("capacity");
    write(json, design.capacity);
  }
  json.key("circuit");
  write(json, design.circuit);
  json.key("cues");
  write(json, design.cues);
  json.key("hardware");
  write(json, design.hardware);
  json.key("memory");
  write(json, design.memory);
  field(json, "neurons", design.neurons);
  if (design.noise.temperature) {
    json.key("noise");
    write(json, design.noise);
  }
  if (design.physical != PhysicalSpec{}) {
    json.key("physical");
    write(json, design.physical);
  }
  if (design.problem.kind != ProblemKind::none) {
    json.key("problem");
    write(json, design.problem);
  }
  if (design.recall.hold || !design.recall.hold_time.empty()) {   // new keys leave designs without them their identity
    json.key("recall");
    write(json, design.recall);
  }
  json.key("simulate");
  write(json, design.simulate);
  if (design.tolerance != ToleranceSpec{}) {
    json.key("tolerance");
    write(json, design.tolerance);
  }
  json.key("verify");
  write(json, design.verify);
  json.close('}');
}

}  // namespace

std::string canonical_json(const Design& design) {
  std::string text;
  write(design, [&text](std::string_view piece) { text += piece; });
  return text;
}

std::string design_id(const Design& design) {
  Sha256Stream hash;
  write(design, [&hash](std::string_view piece) { hash.add(piece); });
  return hex(hash.finish());
}

}  // namespace basin
