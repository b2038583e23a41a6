#include <algorithm>
#include <cmath>
#include <set>

#include "models/design/activation_names.hpp"
#include "models/design/resolve_parts.hpp"
#include "models/design/text.hpp"

namespace basin::resolve {

namespace {

/// The per-neuron vectors while N is still being found out.
struct NeuronValues {
  const char* path;
  Vector* target;
  std::vector<double> numbers;
};

void observe(NeuronCount& count, const NeuronValues& values) {
  if (values.numbers.size() > 1) {
    count.observe(values.path, static_cast<Index>(values.numbers.size()),
                  "has " + std::to_string(values.numbers.size()) + " values");
  }
}

void spread(const NeuronValues& values, int neurons) {
  if (values.numbers.size() == 1) {
    *values.target = Vector::Constant(neurons, values.numbers.front());
  } else {
    *values.target = Eigen::Map<const Vector>(values.numbers.data(), static_cast<Index>(values.numbers.size()));
  }
}

/// Throws when a key is given that belongs to designs of the other kind of units.
void check_units(const Document& document) {
  const bool physical = document.units() == Units::physical;
  if (physical && document.has("circuit.tau")) {
    document.fail("circuit.tau",
                  "belongs to normalised designs; allowed in physical ones: capacitance and resistance (τ = R C)");
  }
  if (physical && document.has("circuit.bias")) {
    document.fail("circuit.bias", "belongs to normalised designs; allowed in physical ones: input_current");
  }
  for (const char* path :
       {"circuit.capacitance", "circuit.resistance", "circuit.input_resistance", "circuit.input_current"}) {
    if (!physical && document.has(path)) {
      document.fail(path, "belongs to physical designs; allowed in normalised ones: tau, bias and plain numbers");
    }
  }
}

void check_components(const Document& document) {
  if (!document.has("circuit.capacitance")) {
    document.fail("circuit.capacitance",
                  "is missing; allowed: " + allowed(schema_key("circuit.capacitance"), Units::physical));
  }
  const bool whole = document.has("circuit.resistance");
  const bool input = document.has("circuit.input_resistance");
  if (whole && input) {
    document.fail("circuit.input_resistance", "is given besides resistance; allowed: one of the two");
  }
  if (!whole && !input) {
    document.fail("circuit.resistance", "is missing; allowed: resistance, " +
                                            allowed(schema_key("circuit.resistance"), Units::physical) +
                                            "; or input_resistance");
  }
}

void check_table(const Document& document, const Matrix& table) {
  constexpr std::string_view path = "circuit.activation_table";
  if (table.cols() != 2 || table.rows() < 2) {
    document.fail(path, document.file_of(path) + "has " + std::to_string(table.rows()) + " rows of " +
                            std::to_string(table.cols()) + "; allowed: at least 2 rows of 2 numbers, λu and g");
  }
  for (Index row = 0; row < table.rows(); ++row) {
    const std::string place = document.file_of(path) + "row " + std::to_string(row + 1);
    if (std::abs(table(row, 1)) > 1.0)
      document.fail(path, place + ": g = " + number_text(table(row, 1)) + "; allowed: −1 to 1");
    if (row == 0) continue;
    if (table(row, 0) <= table(row - 1, 0)) document.fail(path, place + ": λu does not rise; allowed: rising λu");
    if (table(row, 1) < table(row - 1, 1)) document.fail(path, place + ": g falls; allowed: g that never falls");
  }
}

std::optional<Matrix> activation_table(const Document& document, const std::vector<ActivationKind>& kinds) {
  const bool tabulated = std::find(kinds.begin(), kinds.end(), ActivationKind::table) != kinds.end();
  const Value* value = document.find("circuit.activation_table");
  if (value == nullptr) {
    if (tabulated) {
      document.fail("circuit.activation", "\"table\" needs activation_table; allowed: " +
                                              allowed(schema_key("circuit.activation_table"), document.units()));
    }
    return std::nullopt;
  }
  if (!tabulated) {
    document.fail("circuit.activation_table", "is not used; allowed with activation = \"table\" only");
  }
  Matrix table = document.matrix(*value, schema_key("circuit.activation_table"));
  check_table(document, table);
  return table;
}

/// The words of a key that takes one for all neurons or one a neuron.
std::vector<std::string> neuron_words(const Document& document, NeuronCount& count, const char* path) {
  const Key& key = schema_key(path);
  const Value& value = *document.effective(path);
  std::vector<std::string> words;
  const auto add = [&](const Value& entry) {
    const auto* text = std::get_if<std::string>(&entry.data);
    const bool known = text != nullptr && std::find(key.words.begin(), key.words.end(), *text) != key.words.end();
    if (!known) document.reject(entry, key);
    words.push_back(*text);
  };
  const auto* list = std::get_if<Value::Array>(&value.data);
  if (list == nullptr) {
    add(value);
    return words;
  }
  if (list->empty()) document.reject(value, key);
  for (const Value& entry : *list) add(entry);
  count.observe(path, static_cast<Index>(list->size()), "has " + std::to_string(list->size()) + " values");
  return words;
}

/// One entry, or one a neuron.
std::vector<ActivationKind> activations(const Document& document, NeuronCount& count) {
  std::vector<ActivationKind> kinds;
  for (const std::string& word : neuron_words(document, count, "circuit.activation")) kinds.push_back(*activation_named(word));
  const std::set<ActivationKind> different(kinds.begin(), kinds.end());
  if (different.size() > most_activations) {
    document.fail("circuit.activation", "has " + std::to_string(different.size()) + " kinds; allowed: at most " +
                                            std::to_string(most_activations));
  }
  if (different.size() > 1 && different.contains(ActivationKind::hard)) {
    document.fail("circuit.activation", "has \"hard\" beside others; allowed: \"hard\" for all neurons or for none");
  }
  return kinds;
}

/// One entry, or one a neuron.
std::vector<bool> ranges(const Document& document, NeuronCount& count, const std::vector<ActivationKind>& kinds) {
  const bool given = document.has("circuit.range");
  std::vector<bool> unipolar;
  for (const std::string& word : neuron_words(document, count, "circuit.range")) unipolar.push_back(word == "unipolar");
  const std::size_t entries = std::max(unipolar.size(), kinds.size());
  if (unipolar.size() == 1) unipolar.assign(entries, unipolar.front());
  for (std::size_t i = 0; i < entries; ++i) {
    if (kinds[std::min(i, kinds.size() - 1)] != ActivationKind::logistic || unipolar[i]) continue;
    if (given) document.fail("circuit.range", "\"bipolar\" is not the range of logistic; allowed: \"unipolar\"");
    unipolar[i] = true;
  }
  return unipolar;
}

void check_symmetric(const Document& document, const Matrix& weights) {
  const double tolerance = 1e-12 * weights.cwiseAbs().maxCoeff();
  for (Index i = 0; i < weights.rows(); ++i) {
    for (Index j = 0; j < i; ++j) {
      if (std::abs(weights(i, j) - weights(j, i)) <= tolerance) continue;
      document.fail("circuit.weights", document.file_of("circuit.weights") + "row " + std::to_string(i + 1) +
                                           ", column " + std::to_string(j + 1) + " is " + number_text(weights(i, j)) +
                                           " but row " + std::to_string(j + 1) + ", column " + std::to_string(i + 1) +
                                           " is " + number_text(weights(j, i)) +
                                           "; allowed with symmetric = true: equal pairs");
    }
  }
}

std::optional<Matrix> weights(const Document& document, NeuronCount& count) {
  const Value* value = document.find("circuit.weights");
  const bool ruled = document.has("memory.rule") || document.has("problem.kind");
  if (value != nullptr && ruled)
    document.fail("circuit.weights", "is given besides memory.rule; allowed: one of the two");
  if (value == nullptr && !ruled && !draws_patterns(document))
    document.fail("circuit.weights", "is missing; allowed: weights, or a rule in [memory]");
  if (value == nullptr) return std::nullopt;
  Matrix matrix = document.matrix(*value, schema_key("circuit.weights"));
  if (matrix.rows() != matrix.cols()) {
    document.fail("circuit.weights", shown(*value) + " has " + std::to_string(matrix.rows()) + " rows of " +
                                         std::to_string(matrix.cols()) + " numbers; allowed: as many rows as columns");
  }
  count.observe("circuit.weights", matrix.rows(), "has " + std::to_string(matrix.rows()) + " rows");
  if (document.boolean("circuit.symmetric")) check_symmetric(document, matrix);
  return matrix;
}

}  // namespace

CircuitSpec circuit(const Document& document, NeuronCount& count) {
  CircuitSpec spec;
  spec.units = document.units();
  check_units(document);
  const bool physical = spec.units == Units::physical;
  const std::vector<ActivationKind> kinds = activations(document, count);
  spec.activation = kinds.front();
  if (std::set<ActivationKind>(kinds.begin(), kinds.end()).size() > 1) spec.activation_of = kinds;
  spec.symmetric = document.boolean("circuit.symmetric");

  std::vector<NeuronValues> all{{"circuit.gain", &spec.gain, {}},
                                {physical ? "circuit.input_current" : "circuit.bias", &spec.bias, {}},
                                {"circuit.threshold", &spec.threshold, {}},
                                {"circuit.initial", &spec.initial, {}}};
  if (!physical) all.push_back({"circuit.tau", &spec.tau, {}});
  if (document.has("circuit.capacitance")) all.push_back({"circuit.capacitance", &spec.capacitance, {}});
  if (document.has("circuit.resistance")) all.push_back({"circuit.resistance", &spec.resistance, {}});
  if (document.has("circuit.input_resistance")) all.push_back({"circuit.input_resistance", &spec.input_resistance, {}});
  for (NeuronValues& values : all) values.numbers = document.neuron_values(values.path);
  spec.activation_table = activation_table(document, kinds);
  if (physical) check_components(document);

  spec.weights = weights(document, count);
  for (const NeuronValues& values : all) observe(count, values);
  spec.unipolar = ranges(document, count, kinds);
  const int neurons = count.get();
  for (const NeuronValues& values : all) spread(values, neurons);
  spec.delay = one_a_neuron(document, "circuit.delay", neurons);
  if (spec.delay.size() > 0 && spec.delay.isZero(0.0)) spec.delay.resize(0);
  if (spec.delay.size() > 0 && spec.activation == ActivationKind::hard) {
    document.fail("circuit.delay", "is not used by hard units, whose outputs jump; allowed with any other activation");
  }
  if (spec.unipolar.size() == 1) spec.unipolar.assign(static_cast<std::size_t>(neurons), spec.unipolar.front());
  return spec;
}

}  // namespace basin::resolve
