#include "sim/io/hdf5_image.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include "tests/unit/io/scratch.hpp"

namespace basin {
namespace {

std::string image() {
  Hdf5Image file;
  file.add("/t", {3}, std::vector<double>{0.0, 0.5, 1.0}, "s");
  file.add("/engine/golden/u_raw", {2, 2}, std::vector<std::int32_t>{1, -2, 3, -4}, "1");
  return file.finish();
}

std::string text_attribute(hid_t file, const char* dataset, const char* name) {
  const hid_t attribute = H5Aopen_by_name(file, dataset, name, H5P_DEFAULT, H5P_DEFAULT);
  const hid_t type = H5Aget_type(attribute);
  std::string text(H5Tget_size(type), '\0');
  EXPECT_GE(H5Aread(attribute, type, text.data()), 0);
  H5Tclose(type);
  H5Aclose(attribute);
  return text;
}

}  // namespace

// Read back through the library's own file driver.
TEST(Hdf5Image, HoldsWhatWasAdded) {
  const Scratch scratch;
  const auto path = scratch.write("results.h5", image());
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  const hid_t dataset = H5Dopen2(file, "/engine/golden/u_raw", H5P_DEFAULT);
  ASSERT_GE(dataset, 0);
  std::vector<std::int32_t> values(4);
  ASSERT_GE(H5Dread(dataset, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
  EXPECT_EQ(values, (std::vector<std::int32_t>{1, -2, 3, -4}));
  const hid_t space = H5Dget_space(dataset);
  hsize_t shape[2] = {};
  EXPECT_EQ(H5Sget_simple_extent_dims(space, shape, nullptr), 2);
  EXPECT_EQ(shape[0], 2U);
  EXPECT_EQ(text_attribute(file, "/t", "units"), "s");
  H5Sclose(space);
  H5Dclose(dataset);
  H5Fclose(file);
}

TEST(Hdf5Image, HoldsTextsPaddedToTheLongest) {
  const Scratch scratch;
  Hdf5Image made;
  made.add("/rule", {3}, std::vector<std::string>{"hebb", "pseudo-inverse", ""});
  const auto path = scratch.write("results.h5", made.finish());
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  const hid_t dataset = H5Dopen2(file, "/rule", H5P_DEFAULT);
  const hid_t type = H5Dget_type(dataset);
  ASSERT_EQ(H5Tget_size(type), 14U);
  EXPECT_EQ(H5Tget_cset(type), H5T_CSET_UTF8);
  std::string texts(42, '?');
  ASSERT_GE(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), 0);
  EXPECT_EQ(texts, "hebb" + std::string(10, '\0') + "pseudo-inverse" + std::string(14, '\0'));
  H5Tclose(type);
  H5Dclose(dataset);
  H5Fclose(file);
}

TEST(Hdf5Image, StoresNoTimes) {
  const Scratch scratch;
  const auto path = scratch.write("results.h5", image());
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  for (const char* name : {"/t", "/engine", "/engine/golden", "/engine/golden/u_raw"}) {
    H5O_info_t info;
    ASSERT_GE(H5Oget_info_by_name2(file, name, &info, H5O_INFO_TIME, H5P_DEFAULT), 0);
    EXPECT_EQ(info.ctime, 0) << name;
    EXPECT_EQ(info.mtime, 0) << name;
  }
  H5Fclose(file);
  EXPECT_EQ(image(), image());
}

}  // namespace basin
