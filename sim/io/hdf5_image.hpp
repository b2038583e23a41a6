#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// An HDF5 file built in memory, to be written in one piece: a reader never sees half of it. The same content gives the
/// same bytes (no times are stored). Throws EnvironmentError when the library refuses.
class Hdf5Image {
 public:
  Hdf5Image();
  ~Hdf5Image();
  Hdf5Image(const Hdf5Image&) = delete;
  Hdf5Image& operator=(const Hdf5Image&) = delete;

  /// Adds the dataset `path` ("/engine/golden/u_raw"; groups are made on the way) of row-major `values` with as many
  /// entries as `shape` spans, and the attribute `units` ("V", "s", "1", …). Compressed without loss.
  void add(const std::string& path, const std::vector<std::size_t>& shape, std::span<const double> values,
           const std::string& units);
  void add(const std::string& path, const std::vector<std::size_t>& shape, std::span<const std::int32_t> values,
           const std::string& units);
  /// Adds a dataset of texts in UTF-8, each padded with zeros to the longest.
  void add(const std::string& path, const std::vector<std::size_t>& shape, std::span<const std::string> texts);
  /// The bytes of the finished file. The image is closed by it.
  std::string finish();

 private:
  struct Handle;
  std::unique_ptr<Handle> file_;
};

}  // namespace basin
