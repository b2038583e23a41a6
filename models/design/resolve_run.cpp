#include <algorithm>
#include <charconv>
#include <cmath>

#include "models/design/resolve_parts.hpp"
#include "models/design/text.hpp"

namespace basin::resolve {

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool is_name(std::string_view name) {
  const auto allowed_character = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= 64 && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), allowed_character);
}

std::string_view stem(std::string_view file) {
  const std::size_t slash = file.find_last_of('/');
  if (slash != std::string_view::npos) file.remove_prefix(slash + 1);
  return file.substr(0, file.find_last_of('.'));
}

/// Reads a whole number that is all of `text`.
bool read_integer(std::string_view text, int& value) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

/// K of h = 2^−K, or −1.
int step_exponent(const Value& value) {
  constexpr int largest = 15;
  double step = 0.0;
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    int denominator = 0;
    if (*text == "1") step = 1.0;
    if (text->starts_with("1/") && read_integer(std::string_view(*text).substr(2), denominator) && denominator > 0) {
      step = 1.0 / denominator;
    }
  } else if (const auto* real = std::get_if<double>(&value.data)) {
    step = *real;
  } else if (const auto* integer = std::get_if<std::int64_t>(&value.data)) {
    step = static_cast<double>(*integer);
  }
  for (int exponent = 0; exponent <= largest; ++exponent) {
    if (step == std::ldexp(1.0, -exponent)) return exponent;
  }
  return -1;
}

void step(const Document& document, HardwareSpec& spec) {
  spec.automatic_step = document.is_word("hardware.step", "auto");
  if (spec.automatic_step) return;
  const Value& value = *document.effective("hardware.step");
  spec.step_exponent = step_exponent(value);
  if (spec.step_exponent < 0) document.reject(value, schema_key("hardware.step"));
}

void state_format(const Document& document, HardwareSpec& spec) {
  if (document.is_word("hardware.state", "auto")) return;
  const Value& value = *document.effective("hardware.state");
  int bits = 0, fraction = 0;
  bool valid = false;
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) {
    valid = *integer >= 4 && *integer <= 32;
    if (valid) bits = static_cast<int>(*integer);
  } else if (const auto* text = std::get_if<std::string>(&value.data)) {
    const std::string_view format = *text;
    const std::size_t point = format.find('.');
    valid = format.starts_with('s') && point != std::string_view::npos &&
            read_integer(format.substr(1, point - 1), bits) && read_integer(format.substr(point + 1), fraction) &&
            bits >= 4 && bits <= 32 && fraction >= 0 && fraction <= 40;
    if (valid) spec.state_fraction = fraction;
  }
  if (!valid) document.reject(value, schema_key("hardware.state"));
  spec.state_bits = bits;
}

std::optional<int> optional_int(const Document& document, std::string_view path) {
  const auto value = document.optional_integer(path);
  return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
}

void cues_from_file(const Document& document, int neurons, CueSpec& spec) {
  const Key& key = schema_key("cues.from");
  spec.from = CueSource::file;
  spec.given = document.matrix(*document.find("cues.from"), key);
  if (spec.given.cols() != neurons) {
    document.fail("cues.from", document.file_of("cues.from") + "has " + std::to_string(spec.given.cols()) +
                                   " columns; allowed: " + std::to_string(neurons) + ", one a neuron");
  }
  if (spec.flip != 0.0)
    document.fail("cues.flip", "turns entries of patterns, not of given cues; allowed with them: 0");
  const auto count = document.optional_integer("cues.count");
  if (count && *count > spec.given.rows()) {
    document.fail("cues.count", std::to_string(*count) + " is too large; allowed: 1 to " +
                                    std::to_string(spec.given.rows()) + ", the rows of cues.from");
  }
  if (!count && spec.given.rows() > max_cues) {
    document.fail("cues.from", document.file_of("cues.from") + "has " + std::to_string(spec.given.rows()) +
                                   " rows; allowed: 1 to " + std::to_string(max_cues));
  }
  if (count) spec.given.conservativeResize(static_cast<Index>(*count), Eigen::NoChange);
  spec.count = static_cast<int>(spec.given.rows());
}

/// One of the two numbers of `cues.shift`.
int offset(const Document& document, const Value& value, std::size_t at, int size) {
  const Key& key = schema_key("cues.shift");
  const auto* list = std::get_if<Value::Array>(&value.data);
  if (list == nullptr || list->size() != 2) document.reject(value, key);
  const auto* pixels = std::get_if<std::int64_t>(&(*list)[at].data);
  if (pixels == nullptr) document.reject(value, key);
  if (*pixels <= -size || *pixels >= size) {
    document.fail("cues.shift", shown(value) + " moves pictures of " + std::to_string(size) + " pixels by " +
                                    std::to_string(*pixels) + "; allowed: less than their size");
  }
  return static_cast<int>(*pixels);
}

/// `occlude` and `shift`, which speak of pictures.
void picture_damage(const Document& document, const MemorySpec& memory, CueSpec& spec) {
  const bool pictures = memory.image_width > 0 && document.is_word("cues.from", "patterns");
  for (const char* path : {"cues.occlude", "cues.shift"}) {
    if (document.has(path) && !pictures) {
      document.fail(path, "damages pictures; allowed with from = \"patterns\" and patterns that are pictures of one size");
    }
  }
  spec.occlude = document.number("cues.occlude");
  if (const Value* shift = document.find("cues.shift")) {
    spec.shift_right = offset(document, *shift, 0, memory.image_width);
    spec.shift_down = offset(document, *shift, 1, memory.image_height);
  }
}

}  // namespace

std::string design_name(const Document& document) {
  const Value* value = document.find("name");
  if (value == nullptr) {
    const Location file = document.where("name");
    return is_name(stem(file.file)) ? std::string(stem(file.file)) : "design";
  }
  const auto* text = std::get_if<std::string>(&value->data);
  if (text == nullptr || !is_name(*text)) document.reject(*value, schema_key("name"), "is not a name");
  return *text;
}

CueUse cue_use(std::string_view word) {
  if (word == "input") return CueUse::input;
  return word == "clamp" ? CueUse::clamp : CueUse::state;
}

CueSpec cues(const Document& document, const MemorySpec& memory, int neurons) {
  CueSpec spec;
  spec.present = document.has_section("cues");
  spec.flip = document.number("cues.flip");
  spec.seed = static_cast<std::uint64_t>(document.integer("cues.seed"));
  spec.as = cue_use(document.choice("cues.as"));
  spec.amplitude = document.number("cues.amplitude");
  spec.carry = document.boolean("cues.carry");
  if (spec.carry && spec.as != CueUse::input) {
    document.fail("cues.carry", "needs cues that leave the state alone; allowed with cues.as = \"input\"");
  }
  if (!spec.present) return spec;
  picture_damage(document, memory, spec);
  if (!document.is_word("cues.from", "patterns")) {
    cues_from_file(document, neurons, spec);
    return spec;
  }
  if (memory.patterns.rows() == 0 && draws_patterns(document)) return spec;
  if (memory.patterns.rows() == 0) {
    document.fail("cues.from",
                  "\"patterns\" needs memory.patterns; allowed without them: a .csv or .npy file, or rows of numbers");
  }
  spec.count = static_cast<int>(document.optional_integer("cues.count").value_or(memory.patterns.rows()));
  return spec;
}

SimulateSpec simulate(const Document& document, const CircuitSpec& circuit) {
  SimulateSpec spec;
  spec.t_end = document.optional_number("simulate.t_end");
  spec.rtol = document.number("simulate.rtol");
  spec.atol = document.number("simulate.atol");
  spec.samples = static_cast<int>(document.integer("simulate.samples"));
  const double longest = 1e6 * slowest(circuit);
  if (spec.t_end && *spec.t_end > longest) {
    document.fail("simulate.t_end", shown(*document.find("simulate.t_end")) + " is too long; allowed: at most " +
                                        number_text(longest) + (circuit.units == Units::physical ? " s" : "") +
                                        ", 10⁶ of the largest τ");
  }
  return spec;
}

HardwareSpec hardware(const Document& document, int neurons) {
  HardwareSpec spec;
  spec.target = document.choice("hardware.target");
  spec.lanes = static_cast<int>(document.integer("hardware.lanes"));
  if (spec.lanes > neurons) {
    document.fail("hardware.lanes", std::to_string(spec.lanes) + " is too large; allowed: 1 to " +
                                        std::to_string(neurons) + ", the number of neurons");
  }
  step(document, spec);
  spec.order = document.integer("hardware.order") == 1 ? Order::one : Order::two;
  state_format(document, spec);
  spec.weight_bits = optional_int(document, "hardware.weight");
  spec.table_segments = optional_int(document, "hardware.activation_table");
  spec.drive_bits = optional_int(document, "hardware.output");
  spec.settle_threshold = document.integer("hardware.settle_threshold");
  spec.max_steps = document.integer("hardware.max_steps");
  spec.allow_unstable_step = document.boolean("hardware.allow_unstable_step");
  spec.form = document.choice("hardware.form");
  return spec;
}

VerifySpec verify(const Document& document) {
  VerifySpec spec;
  spec.icarus_cues = static_cast<int>(document.integer("verify.icarus_cues"));
  spec.max_state_deviation = document.number("verify.max_state_deviation");
  spec.max_total_deviation = document.optional_number("verify.max_total_deviation");
  spec.max_moved_by_weights = document.number("verify.max_moved_by_weights");
  spec.max_borderline = document.number("verify.max_borderline");
  return spec;
}

}  // namespace basin::resolve
