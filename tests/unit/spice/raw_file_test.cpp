#include "sim/spice/raw_file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "sim/toolchain/scratch_folder.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

std::string header(int columns, int rows) {
  std::string text = "Title: t\nFlags: real\nNo. Variables: " + std::to_string(columns) + "\nNo. Points: " + std::to_string(rows) +
                     "\nVariables:\n\t0\ttime\ttime\n";
  for (int c = 1; c < columns; ++c) text += "\t" + std::to_string(c) + "\tv(u" + std::to_string(c - 1) + ")\tvoltage\n";
  return text + "Binary:\n";
}

std::string bytes_of(const std::vector<double>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)};
}

Waveforms read(const std::string& bytes) {
  const ScratchFolder folder(std::filesystem::temp_directory_path(), "basin-raw-");
  std::ofstream(folder.path() / "r.raw", std::ios::binary) << bytes;
  return read_raw_file(folder.path() / "r.raw");
}

}  // namespace

TEST(RawFile, GivesAColumnAName) {
  const Waveforms waves = read(header(2, 3) + bytes_of({0, 5, 1, 6, 2, 7}));
  EXPECT_EQ(waves.find("v(u0)"), 1);
  EXPECT_EQ(waves.find("v(u1)"), -1);
  EXPECT_EQ(waves.values(2, 1), 7.0);
}

TEST(RawFile, ThatIsCutShortOrHoldsNoNumbersIsAToolsFailure) {
  EXPECT_THROW(read(header(2, 3) + bytes_of({0, 5, 1, 6, 2})), ToolError);
  EXPECT_THROW(read(header(2, 3) + bytes_of({0, 5, 1, std::nan(""), 2, 7})), ToolError);
  EXPECT_THROW(read(header(2, 3) + bytes_of({0, 5, 2, 6, 1, 7})), ToolError);
  EXPECT_THROW(read("nothing"), ToolError);
  EXPECT_THROW(read(header(2, 0)), ToolError);
}

TEST(NearestPoints, AreOnesThatTheSimulatorComputedEachOnce) {
  Waveforms waves{{"time", "v(u0)"}, Matrix::Zero(6, 2)};
  waves.values.col(0) << 0.0, 0.1, 0.35, 0.4, 0.9, 1.5;
  EXPECT_EQ(nearest_points(waves, {0.2, 0.3, 0.36, 0.37, 1.4, 9.0}), (std::vector<Index>{1, 2, 5}));
  EXPECT_EQ(nearest_points(waves, {0.0, 0.1, 0.38}), (std::vector<Index>{0, 1, 3}));
}

}  // namespace basin
