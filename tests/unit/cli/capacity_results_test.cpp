#include "sim/cli/capacity_results.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

namespace basin::cli {
namespace {

CellResult recalled(basin::Cell cell, std::vector<double> overlaps) {
  CellResult result;
  result.cell = std::move(cell);
  result.recalls = static_cast<int>(overlaps.size());
  TrialOutcome& trial = result.trials.emplace_back();
  trial.overlaps = overlaps;
  trial.sign_overlaps = std::move(overlaps);
  return result;
}

/// Two engines, one recall on the first and two on the second.
Campaign two_cells() {
  Campaign campaign;
  campaign.cells.push_back(recalled({40, 1, Rule::hebb, 4.0, 0.1, "reference", {}, false}, {0.5}));
  campaign.cells.push_back(recalled({40, 5, Rule::pseudo_inverse, 2.0, 0.2, "golden", 6, false}, {0.25, 0.75}));
  return campaign;
}

class CapacityArrays : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "basin-capacity-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    write_campaign(folder_, two_cells());
    file_ = H5Fopen((folder_ / "results.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    ASSERT_GE(file_, 0);
  }
  void TearDown() override {
    H5Fclose(file_);
    std::filesystem::remove_all(folder_);
  }
  [[nodiscard]] std::vector<double> numbers(const char* path, std::size_t count) const {
    std::vector<double> values(count, -99.0);
    const hid_t dataset = H5Dopen2(file_, path, H5P_DEFAULT);
    EXPECT_GE(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0) << path;
    H5Dclose(dataset);
    return values;
  }
  [[nodiscard]] std::string texts(const char* path, std::size_t bytes) const {
    std::string text(bytes, '?');
    const hid_t dataset = H5Dopen2(file_, path, H5P_DEFAULT);
    const hid_t type = H5Dget_type(dataset);
    EXPECT_EQ(H5Tget_size(type) * 2, bytes) << path;
    EXPECT_GE(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()), 0) << path;
    H5Tclose(type);
    H5Dclose(dataset);
    return text;
  }

  std::filesystem::path folder_;
  hid_t file_ = -1;
};

TEST_F(CapacityArrays, SayWhatTellsTheCellsApart) {
  EXPECT_EQ(texts("/rule", 28), "hebb" + std::string(10, '\0') + "pseudo-inverse");
  EXPECT_EQ(texts("/engine", 18), "reference" + std::string("golden") + std::string(3, '\0'));
  EXPECT_EQ(texts("/dynamics", 12), "analoganalog");
  EXPECT_EQ(numbers("/gain", 2), (std::vector<double>{4.0, 2.0}));
  EXPECT_EQ(numbers("/flip", 2), (std::vector<double>{0.1, 0.2}));
  EXPECT_EQ(numbers("/weight_bits", 2), (std::vector<double>{0.0, 6.0}));
  EXPECT_EQ(numbers("/patterns", 2), (std::vector<double>{1.0, 5.0}));
}

TEST_F(CapacityArrays, HoldNoNumberWhereThereWasNoRecall) {
  const std::vector<double> overlaps = numbers("/overlap", 4);
  EXPECT_EQ(overlaps[0], 0.5);
  EXPECT_TRUE(std::isnan(overlaps[1]));
  EXPECT_EQ(overlaps[2], 0.25);
  EXPECT_EQ(overlaps[3], 0.75);
}

TEST(CapacityRows, NameDynamicsAndEngine) {
  Campaign campaign = two_cells();
  Json document;
  add_campaign(document, campaign);
  EXPECT_EQ(document["capacity"][1]["dynamics"], "analog");
  EXPECT_EQ(document["capacity"][1]["engine"], "golden");
  EXPECT_EQ(document["capacity"][1]["weight_bits"], 6);
  campaign.cells.front().cell.sign = true;
  add_campaign(document, campaign);
  EXPECT_EQ(document["capacity"][0]["dynamics"], "sign");
  EXPECT_FALSE(document["capacity"][0].contains("gain"));
}

TEST(CapacityRows, OfASearchSayWithHowManyBitsAllTrialsStore) {
  Campaign campaign;
  campaign.search = true;
  for (const int last : {4, 0}) {
    CellResult& result = campaign.cells.emplace_back();
    result.cell = {32, 4, Rule::storkey, 4.0, 0.0, "golden", {}, false};
    result.trials.resize(2);
    result.trials[0].fewest_bits = 3;
    result.trials[1].fewest_bits = last;
    result.bits = last > 0 ? FewestBits{2, 3, 4, 4} : FewestBits{1, 3, 3, 3};
  }
  Json document;
  add_campaign(document, campaign);
  EXPECT_EQ(document["weight_bits"][0]["fewest"], 4);
  EXPECT_TRUE(document["weight_bits"][1]["fewest"].is_null());
  EXPECT_EQ(document["weight_bits"][1]["stored"], 1);
  EXPECT_EQ(document["weight_bits"][1]["of_trials"], (Json{3, nullptr}));
}

}  // namespace
}  // namespace basin::cli
