#include "models/circuit/activations.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace basin {

Activations::Activations(std::vector<Activation> kinds, std::vector<std::uint8_t> selectors) {
  constexpr std::uint8_t unseen = 255;
  std::vector<std::uint8_t> place(kinds.size(), unseen);
  for (std::uint8_t& selector : selectors) {
    if (selector >= kinds.size()) throw std::invalid_argument("Activations: a selector is beyond the kinds");
    if (place[selector] == unseen) {
      place[selector] = static_cast<std::uint8_t>(kinds_.size());
      kinds_.push_back(kinds[selector]);
    }
    selector = place[selector];
  }
  if (kinds_.empty() || kinds_.size() > most_activations) throw std::invalid_argument("Activations: 1 to 4 kinds");
  if (kinds_.size() == 1) return;
  for (const Activation& kind : kinds_) {
    if (kind.kind() == ActivationKind::hard) throw std::invalid_argument("Activations: hard units beside others");
  }
  selectors_ = std::move(selectors);
}

bool Activations::are_odd() const {
  return std::all_of(kinds_.begin(), kinds_.end(), [](const Activation& kind) { return kind.is_odd(); });
}

bool Activations::fall_off() const {
  return std::none_of(kinds_.begin(), kinds_.end(), [](const Activation& kind) {
    return kind.kind() == ActivationKind::table || kind.kind() == ActivationKind::power;
  });
}

Activations Activations::of_neurons(const std::vector<Index>& indices) const {
  if (selectors_.empty() || indices.empty()) return *this;
  std::vector<std::uint8_t> selectors;
  for (const Index i : indices) selectors.push_back(selectors_[static_cast<std::size_t>(i)]);
  return {kinds_, std::move(selectors)};
}

Activations Activations::bipolar() const {
  Activations same = *this;
  for (Activation& kind : same.kinds_) {
    if (kind.kind() == ActivationKind::logistic) kind = Activation(ActivationKind::tanh);
  }
  return same;
}

}  // namespace basin
