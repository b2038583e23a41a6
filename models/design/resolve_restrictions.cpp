#include <algorithm>
#include <cmath>
#include <utility>

#include "models/design/random.hpp"
#include "models/design/resolve_parts.hpp"
#include "models/design/rule_names.hpp"
#include "models/design/text.hpp"

namespace basin::resolve {

namespace {

/// Throws when the user gave `path` with a rule that it means nothing to.
void require_rule(const Document& document, const char* path, Rule rule, std::initializer_list<Rule> fitting,
                  const char* names) {
  if (!document.has(path) || std::find(fitting.begin(), fitting.end(), rule) != fitting.end()) return;
  const Value* given = document.find("memory.rule");
  document.fail(path, "can't be kept by " + (given != nullptr ? "rule = " + shown(*given) : "given weights") +
                          "; allowed with rule = " + names);
}

/// N × N: 1 where `near` of the two neurons.
template <class Near>
Matrix neighbours(Index size, Near near) {
  Matrix mask(size, size);
  for (Index i = 0; i < size; ++i) {
    for (Index j = 0; j < size; ++j) mask(i, j) = near(i, j) ? 1.0 : 0.0;
  }
  return mask;
}

Index radius(const Document& document, const char* topology) {
  if (!document.has("memory.radius")) {
    document.fail("memory.radius", "is missing; topology = \"" + std::string(topology) + "\" needs it; allowed: " +
                                       allowed(schema_key("memory.radius"), document.units()));
  }
  return static_cast<Index>(document.integer("memory.radius"));
}

Matrix grid(const Document& document, const MemorySpec& spec) {
  if (spec.image_width == 0) {
    document.fail("memory.topology", "\"grid\" needs patterns that are pictures of one size; allowed without them: \"full\", "
                                     "\"band\", \"random\" or a matrix");
  }
  const Index reach = radius(document, "grid");
  const Index width = spec.image_width;
  return neighbours(spec.patterns.cols(), [&](Index i, Index j) {
    return std::abs(i % width - j % width) <= reach && std::abs(i / width - j / width) <= reach;
  });
}

Index share(double density, Index of) { return static_cast<Index>(std::llround(density * static_cast<double>(of))); }

/// A share of the pairs when symmetric, else that share of the inputs of every neuron.
Matrix random_topology(const Document& document, const MemorySpec& spec) {
  if (!document.has("memory.density")) {
    document.fail("memory.density", "is missing; topology = \"random\" needs it; allowed: " +
                                        allowed(schema_key("memory.density"), document.units()));
  }
  const double density = document.number("memory.density");
  const Index size = spec.patterns.cols();
  Matrix mask = Matrix::Zero(size, size);
  if (spec.symmetric) {
    std::vector<std::pair<Index, Index>> pairs;
    for (Index i = 0; i < size; ++i) {
      for (Index j = 0; j < i; ++j) pairs.emplace_back(i, j);
    }
    Random random(spec.seed, Stream::topology, 0);
    const auto count = static_cast<Index>(pairs.size());
    for (const Index k : chosen(count, share(density, count), random)) {
      const auto [i, j] = pairs[static_cast<std::size_t>(k)];
      mask(i, j) = mask(j, i) = 1.0;
    }
    return mask;
  }
  for (Index i = 0; i < size; ++i) {
    Random random(spec.seed, Stream::topology, static_cast<std::uint32_t>(i));
    for (const Index k : chosen(size - 1, share(density, size - 1), random)) mask(i, k < i ? k : k + 1) = 1.0;
  }
  return mask;
}

Matrix given_topology(const Document& document, const MemorySpec& spec) {
  constexpr std::string_view path = "memory.topology";
  const Index size = spec.patterns.cols();
  Matrix mask = document.matrix(*document.find(path), schema_key(path));
  const std::string file = document.file_of(path);
  if (mask.rows() != size || mask.cols() != size) {
    document.fail(path, file + "has " + std::to_string(mask.rows()) + " rows of " + std::to_string(mask.cols()) +
                            "; allowed: " + std::to_string(size) + " of " + std::to_string(size) + ", one a neuron");
  }
  for (Index i = 0; i < size; ++i) {
    for (Index j = 0; j < size; ++j) {
      const std::string place = file + "row " + std::to_string(i + 1) + ", column " + std::to_string(j + 1);
      if (mask(i, j) != 0.0 && mask(i, j) != 1.0) {
        document.fail(path, place + " is " + number_text(mask(i, j)) + "; allowed: 0 or 1");
      }
      if (spec.symmetric && mask(i, j) != mask(j, i)) {
        document.fail(path, place + " differs from its mirror image; allowed with symmetric = true: equal pairs");
      }
    }
  }
  return mask;
}

Matrix topology(const Document& document, const MemorySpec& spec) {
  const bool grids = document.is_word("memory.topology", "grid");
  const bool bands = document.is_word("memory.topology", "band");
  const bool draws = document.is_word("memory.topology", "random");
  if (document.has("memory.radius") && !grids && !bands) {
    document.fail("memory.radius", "is not used; allowed with topology = \"grid\" or \"band\"");
  }
  if (document.has("memory.density") && !draws) {
    document.fail("memory.density", "is not used; allowed with topology = \"random\"");
  }
  if (document.is_word("memory.topology", "full")) return {};
  if (grids) return grid(document, spec);
  if (draws) return random_topology(document, spec);
  if (!bands) return given_topology(document, spec);
  const Index reach = radius(document, "band");
  return neighbours(spec.patterns.cols(), [reach](Index i, Index j) { return std::abs(i - j) <= reach; });
}

Vector polarity(const Document& document, Index size) {
  constexpr std::string_view path = "memory.polarity";
  if (document.is_word(path, "both")) return {};
  if (document.is_word(path, "non-negative")) return Vector::Ones(size);
  const std::vector<double> given = document.neuron_values(path);
  if (static_cast<Index>(given.size()) != size) {
    document.fail(path, document.file_of(path) + "has " + std::to_string(given.size()) + " values; allowed: " +
                            std::to_string(size) + ", one a neuron");
  }
  for (const double sign : given) {
    if (sign == 1.0 || sign == -1.0 || sign == 0.0) continue;
    document.fail(path, document.file_of(path) + "has " + number_text(sign) +
                            "; allowed: 1 (excitatory), -1 (inhibitory) or 0 (both)");
  }
  return Eigen::Map<const Vector>(given.data(), size);
}

}  // namespace

void restrictions(const Document& document, MemorySpec& spec) {
  const char* learners = "\"perceptron\" or \"max-margin\"";
  const auto learning = {Rule::perceptron, Rule::max_margin};
  spec.symmetric = document.boolean("memory.symmetric");
  if (!spec.symmetric) require_rule(document, "memory.symmetric", spec.rule, learning, learners);
  if (!document.is_word("memory.polarity", "both")) {
    require_rule(document, "memory.polarity", spec.rule, learning, learners);
  }
  require_rule(document, "memory.weight_bits", spec.rule, learning, learners);
  if (!document.is_word("memory.topology", "full")) {
    require_rule(document, "memory.topology", spec.rule, {Rule::hebb, Rule::perceptron, Rule::max_margin},
                 "\"hebb\", \"perceptron\" or \"max-margin\"");
  }
  if (document.has("memory.row_sum") && spec.rule == Rule::none) {
    document.fail("memory.row_sum", "scales what a rule makes, not given weights; allowed with memory.rule");
  }
  if (document.has("memory.row_sum") && (spec.rule == Rule::any || spec.rule == Rule::polynomial)) {
    document.fail("memory.row_sum", "can't be kept by rule = " + in_quotes(to_string(spec.rule)) +
                                        ", which makes its weights for the design's gain; allowed with the other rules");
  }
  spec.seed = static_cast<std::uint64_t>(document.integer("memory.seed"));
  spec.mask = topology(document, spec);
  spec.polarity = polarity(document, spec.patterns.cols());
  if (const auto bits = document.optional_integer("memory.weight_bits")) spec.weight_bits = static_cast<int>(*bits);
  spec.row_sum = document.optional_number("memory.row_sum");
  spec.degree = static_cast<int>(document.integer("memory.degree"));
  if (spec.degree != MemorySpec{}.degree) require_rule(document, "memory.degree", spec.rule, {Rule::polynomial}, "\"polynomial\"");
  spec.unlearning_rate = document.number("memory.unlearning_rate");
  spec.unlearning_count = static_cast<int>(document.integer("memory.unlearning_count"));
}

}  // namespace basin::resolve
