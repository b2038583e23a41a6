#pragma once

#include <optional>

#include "models/design/design.hpp"

namespace basin {

/// Retrieval by Hebb's rule in the analog circuit u̇ = −u + W V, V = tanh(βu), for N → ∞: the self-consistent signal-to-noise
/// analysis of Shiino and Fukai (J. Phys. A 25, L375 (1992)), the same equations as the replica-symmetric ones of Kühn, Bös
/// and van Hemmen (Phys. Rev. A 43, 2084 (1991)). Over a normal z:
///   V = tanh β(m + σz + ΓV),  m = ⟨V⟩,  q = ⟨V²⟩,  U = ⟨zV⟩/σ,  σ² = αq/(1 − U)²,
///   Γ = αU/(1 − U) without, α/(1 − U) with the diagonal of W.
/// Where Γβ > 1 leaves V two values, it has the sign of m + σz.
struct GradedRetrieval {
  double load = 0.0;      // α = M/N
  double overlap = 0.0;   // m = ξ·V/N
  double square = 0.0;    // q
  double response = 0.0;  // U
  double noise = 0.0;     // σ
};

/// The theory at one gain: finds the critical load once.
class GradedTheory {
 public:
  /// `gain` is β. At β ≤ 1 there is no retrieval at any load.
  GradedTheory(double gain, Diagonal diagonal);

  /// At α_c(β), the largest load with a retrieval state; empty when β ≤ 1.
  [[nodiscard]] const std::optional<GradedRetrieval>& critical() const { return critical_; }
  /// At `load` > 0; empty above α_c.
  [[nodiscard]] std::optional<GradedRetrieval> at(double load) const;

 private:
  [[nodiscard]] GradedRetrieval at_noise(double noise, const GradedRetrieval& guess) const;

  double gain_;
  Diagonal diagonal_;
  std::optional<GradedRetrieval> critical_;
};

}  // namespace basin
