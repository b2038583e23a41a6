#include "sim/cli/results_folder.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace basin::cli {
namespace {

class ResultsFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "basin-results-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

Traces two_cues() {
  Traces traces;
  traces.cues = 2;
  traces.samples = 2;
  traces.neurons = 1;
  traces.steps = 3;
  traces.time_unit = "s";
  traces.state_unit = "V";
  traces.t = {0, 0.5};
  traces.u = {1, 2, 3, 4};
  traces.v = {0.1, 0.2, 0.3, 0.4};
  traces.energy = {-1, -2, -3, -4};
  traces.weights = {0.25};
  traces.u_raw = {
      {"golden", std::make_shared<const std::vector<std::int32_t>>(std::vector<std::int32_t>{1, 2, 3, -4, 5, -6})}};
  return traces;
}

std::string attribute(hid_t file, const char* dataset) {
  const hid_t set = H5Dopen2(file, dataset, H5P_DEFAULT);
  const hid_t units = H5Aopen(set, "units", H5P_DEFAULT);
  const hid_t type = H5Aget_type(units);
  std::string text(H5Tget_size(type), '\0');
  H5Aread(units, type, text.data());
  H5Tclose(type);
  H5Aclose(units);
  H5Dclose(set);
  return text;
}

TEST_F(ResultsFolder, HoldsArraysOfTheirShapeWithUnits) {
  write_arrays(folder_ / "new" / "folder", two_cues(), 0.5);
  const hid_t file = H5Fopen((folder_ / "new/folder/results.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  const hid_t raw = H5Dopen2(file, "/engine/golden/u_raw", H5P_DEFAULT);
  const hid_t space = H5Dget_space(raw);
  hsize_t shape[3] = {};
  ASSERT_EQ(H5Sget_simple_extent_dims(space, shape, nullptr), 3);
  EXPECT_EQ(std::vector<hsize_t>(shape, shape + 3), (std::vector<hsize_t>{2, 3, 1}));
  std::int32_t values[6] = {};
  H5Dread(raw, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  EXPECT_EQ(values[3], -4);
  EXPECT_EQ(attribute(file, "/engine/golden/u_raw"), "0.5 V");
  EXPECT_EQ(attribute(file, "/t"), "s");
  EXPECT_EQ(attribute(file, "/u"), "V");
  EXPECT_EQ(attribute(file, "/V"), "1");
  H5Sclose(space);
  H5Dclose(raw);
  H5Fclose(file);
}

TEST_F(ResultsFolder, LeavesOutWhatWasTooLargeToKeep) {
  Traces traces = two_cues();
  traces.u.clear();
  traces.v.clear();
  traces.energy.clear();
  traces.u_raw.clear();
  write_arrays(folder_, traces, 1.0);
  const hid_t file = H5Fopen((folder_ / "results.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  EXPECT_GT(H5Lexists(file, "/t", H5P_DEFAULT), 0);
  EXPECT_EQ(H5Lexists(file, "/u", H5P_DEFAULT), 0);
  H5Fclose(file);
}

TEST(SamplesCsv, HasALineForEveryCueAndTime) {
  EXPECT_EQ(samples_csv(two_cues()), "cue,t,u0,V0\n0,0,1,0.1\n0,0.5,2,0.2\n1,0,3,0.3\n1,0.5,4,0.4\n");
}

}  // namespace
}  // namespace basin::cli
