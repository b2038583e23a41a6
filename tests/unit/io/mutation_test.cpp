#include <gtest/gtest.h>

#include <functional>

#include "models/design/random.hpp"
#include "models/design/resolve.hpp"
#include "models/design/schema.hpp"
#include "sim/io/csv.hpp"
#include "sim/io/data_source.hpp"
#include "sim/io/npy.hpp"
#include "sim/io/pictures.hpp"
#include "sim/io/toml_reader.hpp"
#include "tests/unit/io/scratch.hpp"

// Readers under random damage: every input is read or refused with one line, whatever its bytes. Memory errors show
// under the sanitizers.

namespace basin {
namespace {

constexpr std::uint64_t seed = 20260101;

/// One to eight changes: a byte replaced, removed, doubled, or a piece moved or cut off.
std::string mutated(std::string bytes, Random& random) {
  static constexpr char special[] = "\0\n\r\",.[]{}='#\\-e9\xff\x80 ";
  static const std::string specials(special, sizeof special - 1);
  const std::uint32_t changes = 1 + random.below(8);
  for (std::uint32_t i = 0; i < changes && !bytes.empty(); ++i) {
    const std::size_t at = random.below(static_cast<std::uint32_t>(bytes.size()));
    const std::size_t length = 1 + random.below(16);
    switch (random.below(6)) {
      case 0:
        bytes[at] = static_cast<char>(random.bits() & 0xff);
        break;
      case 1:
        bytes[at] = specials[random.below(static_cast<std::uint32_t>(specials.size()))];
        break;
      case 2:
        bytes.erase(at, length);
        break;
      case 3:
        bytes.insert(at, bytes.substr(at, length));
        break;
      case 4:
        bytes.insert(at, std::string(length, specials[random.below(static_cast<std::uint32_t>(specials.size()))]));
        break;
      default:
        bytes.resize(at);
        break;
    }
  }
  return bytes;
}

/// Gives `read` many damaged versions of `original`; both outcomes must happen.
void shake(const std::string& original, std::uint32_t stream, int count,
           const std::function<void(const std::string&)>& read) {
  int accepted = 0, refused = 0;
  for (int i = 0; i < count; ++i) {
    Random random(seed + stream, Stream::test, static_cast<std::uint32_t>(i));
    const std::string bytes = mutated(original, random);
    try {
      read(bytes);
      ++accepted;
    } catch (const InputError& error) {
      ++refused;
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << "seed " << seed << ", input " << i;
    }
  }
  std::printf("seed %llu: %d read, %d refused\n", static_cast<unsigned long long>(seed + stream), accepted, refused);
  EXPECT_GT(refused, 0);
  EXPECT_GT(accepted, 0);
}

void expect_finite(const Matrix& matrix) { EXPECT_TRUE(matrix.size() > 0 && matrix.allFinite()); }

}  // namespace

TEST(Mutations, LeaveTheCsvReaderSound) {
  shake("1,-1,0.5\n-1,1e-3,+2\r\n0,0,0\n", 1, 4000,
        [](const std::string& bytes) { expect_finite(parse_csv(bytes, "f")); });
}

TEST(Mutations, LeaveTheNpyReaderSound) {
  shake(npy_bytes("<f8", "(2, 2)", raw<double>({1, 2, 3, 4})), 2, 4000,
        [](const std::string& bytes) { expect_finite(parse_npy(bytes, "f")); });
}

TEST(Mutations, LeaveThePictureReadersSound) {
  shake("P1\n# x\n4 2\n0 1 1 0\n1001\n", 3, 2000,
        [](const std::string& bytes) { expect_finite(parse_pbm(bytes, "f").rows); });
  shake("P4 10 2\n\x81\x40\x01\x80", 4, 2000,
        [](const std::string& bytes) { expect_finite(parse_pbm(bytes, "f").rows); });
  shake("P2\n# x\n4 2\n9\n0 1 9 0\n8 7 6 5\n", 7, 2000,
        [](const std::string& bytes) { expect_finite(parse_pgm(bytes, "f").rows); });
  shake("P5 2 2 300\n\x01\x02\x03\x01\x01\x01\x01\x01", 8, 2000,
        [](const std::string& bytes) { expect_finite(parse_pgm(bytes, "f").rows); });
  shake(file_bytes(BASIN_TEST_DATA "/pictures/rgba.png"), 9, 2000,
        [](const std::string& bytes) { expect_finite(parse_png(bytes, "f").rows); });
  shake("name: A\n##\n..\n\nname: B\n#.\n.#\n", 5, 2000,
        [](const std::string& bytes) { expect_finite(parse_text_art(bytes, "f").rows); });
}

TEST(Mutations, LeaveTheDesignReaderSound) {
  shake(starter_design(), 6, 3000, [](const std::string& bytes) {
    const Design design = resolve_design(parse_toml(bytes, "f"), FileData("nowhere"));
    EXPECT_TRUE(design.neurons >= 1 && design.circuit.gain.minCoeff() > 0 && design.circuit.capacitance.minCoeff() > 0);
  });
}

}  // namespace basin
