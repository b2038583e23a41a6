#include "sim/io/hdf5_image.hpp"

#include <hdf5.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <stdexcept>

#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

/// An HDF5 identifier and what closes it.
class Id {
 public:
  Id(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {
    if (id_ < 0) throw EnvironmentError("HDF5 refuses to build the result file; memory may be short");
  }
  ~Id() { close_(id_); }
  Id(const Id&) = delete;
  Id& operator=(const Id&) = delete;
  operator hid_t() const { return id_; }  // NOLINT: what every call of the library takes

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

void require(herr_t status) {
  if (status < 0) throw EnvironmentError("HDF5 refuses to build the result file; memory may be short");
}

/// Makes `type`, a copy of H5T_C_S1, that of texts of `size` bytes.
void set_text(hid_t type, std::size_t size) {
  require(H5Tset_size(type, std::max<std::size_t>(size, 1)));
  require(H5Tset_cset(type, H5T_CSET_UTF8));
  require(H5Tset_strpad(type, H5T_STR_NULLPAD));
}

void set_units(hid_t dataset, const std::string& units) {
  const Id type(H5Tcopy(H5T_C_S1), H5Tclose);
  set_text(type, units.size());
  const Id space(H5Screate(H5S_SCALAR), H5Sclose);
  const Id attribute(H5Acreate2(dataset, "units", type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  require(H5Awrite(attribute, type, units.c_str()));
}

/// Chunks of one entry of the first dimension, compressed; small or empty sets stay plain.
void set_layout(hid_t properties, const std::vector<hsize_t>& shape, std::size_t entries) {
  require(H5Pset_obj_track_times(properties, false));
  if (entries < 1024) return;
  std::vector<hsize_t> chunk = shape;
  if (chunk.size() > 1) chunk[0] = 1;
  require(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()));
  require(H5Pset_shuffle(properties));
  require(H5Pset_deflate(properties, 1));
}

void add_dataset(hid_t file, const std::string& path, const std::vector<std::size_t>& shape, hid_t stored, hid_t given,
                 const void* values, std::size_t count) {
  const std::vector<hsize_t> dims(shape.begin(), shape.end());
  const std::size_t entries = std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
  if (count != entries) throw std::invalid_argument(path + ": the values do not fill the shape");
  const Id space(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr), H5Sclose);
  const Id links(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
  require(H5Pset_create_intermediate_group(links, 1));
  const Id properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  set_layout(properties, dims, entries);
  const Id dataset(H5Dcreate2(file, path.c_str(), stored, space, links, properties, H5P_DEFAULT), H5Dclose);
  if (entries > 0) require(H5Dwrite(dataset, given, H5S_ALL, H5S_ALL, H5P_DEFAULT, values));
}

}  // namespace

struct Hdf5Image::Handle {
  explicit Handle(hid_t access) : id(H5Fcreate("results.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access), H5Fclose) {}
  Id id;
};

Hdf5Image::Hdf5Image() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // errors come as exceptions, not on standard error
  const Id access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  require(H5Pset_fapl_core(access, std::size_t{1} << 20, false));
  file_ = std::make_unique<Handle>(access);
}

Hdf5Image::~Hdf5Image() = default;

void Hdf5Image::add(const std::string& path, const std::vector<std::size_t>& shape, std::span<const double> values,
                    const std::string& units) {
  add_dataset(file_->id, path, shape, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, values.data(), values.size());
  set_units(Id(H5Dopen2(file_->id, path.c_str(), H5P_DEFAULT), H5Dclose), units);
}

void Hdf5Image::add(const std::string& path, const std::vector<std::size_t>& shape,
                    std::span<const std::int32_t> values, const std::string& units) {
  add_dataset(file_->id, path, shape, H5T_STD_I32LE, H5T_NATIVE_INT32, values.data(), values.size());
  set_units(Id(H5Dopen2(file_->id, path.c_str(), H5P_DEFAULT), H5Dclose), units);
}

void Hdf5Image::add(const std::string& path, const std::vector<std::size_t>& shape, std::span<const std::string> texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  std::string bytes;
  for (const std::string& text : texts) bytes += text + std::string(longest - text.size(), '\0');
  const Id type(H5Tcopy(H5T_C_S1), H5Tclose);
  set_text(type, longest);
  add_dataset(file_->id, path, shape, type, type, bytes.data(), texts.size());
}

std::string Hdf5Image::finish() {
  require(H5Fflush(file_->id, H5F_SCOPE_LOCAL));
  const ssize_t size = H5Fget_file_image(file_->id, nullptr, 0);
  require(size < 0 ? -1 : 0);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  require(H5Fget_file_image(file_->id, bytes.data(), bytes.size()) < 0 ? -1 : 0);
  file_.reset();
  return bytes;
}

}  // namespace basin
