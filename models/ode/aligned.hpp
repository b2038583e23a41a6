#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace basin {

/// Memory for vectors that kernels read 64 bytes at a time.
template <class Real>
struct AlignedAllocator {
  using value_type = Real;
  AlignedAllocator() = default;
  template <class Other>
  explicit AlignedAllocator(const AlignedAllocator<Other>&) {}
  Real* allocate(std::size_t count) {
    return static_cast<Real*>(::operator new(count * sizeof(Real), std::align_val_t{64}));
  }
  void deallocate(Real* memory, std::size_t) { ::operator delete(memory, std::align_val_t{64}); }
  bool operator==(const AlignedAllocator&) const = default;
};

/// A vector whose first element lies on a 64-byte boundary.
template <class Real>
using AlignedVector = std::vector<Real, AlignedAllocator<Real>>;

}  // namespace basin
