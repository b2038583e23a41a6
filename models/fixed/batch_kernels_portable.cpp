// The kernels in plain C++, for any machine.
#include <cstdint>
#include <cstring>

namespace basin::batch {
namespace {

struct Simd {
  static constexpr int lanes = 4;
  static constexpr int tile_vectors = 1;
  struct Vector {
    std::uint32_t word[lanes];
  };
  static Vector load(const void* from) {
    Vector v;
    std::memcpy(&v, from, sizeof v);
    return v;
  }
  static void store(void* to, const Vector& v) { std::memcpy(to, &v, sizeof v); }
  static Vector broadcast(std::int32_t word) {
    const auto w = static_cast<std::uint32_t>(word);
    return {{w, w, w, w}};
  }
  static std::int32_t lower(std::uint32_t word) { return static_cast<std::int16_t>(word & 0xffffU); }
  static std::int32_t upper(std::uint32_t word) { return static_cast<std::int16_t>(word >> 16); }
  static Vector dot(Vector sum, const Vector& a, const Vector& b) {
    for (int l = 0; l < lanes; ++l) {
      sum.word[l] += static_cast<std::uint32_t>(lower(a.word[l]) * lower(b.word[l]));
      sum.word[l] += static_cast<std::uint32_t>(upper(a.word[l]) * upper(b.word[l]));
    }
    return sum;
  }
  static Vector low(const Vector& a, const Vector& b) { return interleaved(a, b, 0); }
  static Vector high(const Vector& a, const Vector& b) { return interleaved(a, b, lanes); }

 private:
  static Vector interleaved(const Vector& a, const Vector& b, int first) {
    std::uint16_t x[2 * lanes], y[2 * lanes];
    std::memcpy(x, &a, sizeof x);
    std::memcpy(y, &b, sizeof y);
    Vector v;
    for (int l = 0; l < lanes; ++l) v.word[l] = x[first + l] | static_cast<std::uint32_t>(y[first + l]) << 16;
    return v;
  }
};

}  // namespace
}  // namespace basin::batch

#include "models/fixed/batch_kernel_text.hpp"

namespace basin::batch {
const Kernels portable_kernels{"portable", Simd::lanes, step_block_of, step_single_of};
}
