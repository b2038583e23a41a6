#include "sim/io/npy.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/io/scratch.hpp"

namespace basin {
namespace {

Matrix parsed(const std::string& bytes) { return parse_npy(bytes, "f.npy"); }

std::string problem(const std::string& bytes) {
  return refusal([&] { parsed(bytes); });
}

const Matrix expected = (Matrix(2, 3) << 1, -2, 3, -4, 5, -6).finished();

template <class Number>
std::string two_by_three(const std::string& type) {
  return npy_bytes(type, "(2, 3)", raw<Number>({1, -2, 3, -4, 5, -6}));
}

}  // namespace

TEST(Npy, ReadsEveryTypeInRowOrder) {
  EXPECT_EQ(parsed(two_by_three<float>("<f4")), expected);
  EXPECT_EQ(parsed(two_by_three<double>("<f8")), expected);
  EXPECT_EQ(parsed(two_by_three<std::int8_t>("|i1")), expected);
  EXPECT_EQ(parsed(two_by_three<std::int16_t>("<i2")), expected);
  EXPECT_EQ(parsed(two_by_three<std::int32_t>("<i4")), expected);
  EXPECT_EQ(parsed(two_by_three<std::int64_t>("<i8")), expected);
}

TEST(Npy, ReadsOneDimensionAsAColumn) {
  EXPECT_EQ(parsed(npy_bytes("<f8", "(3,)", raw<double>({1, 2, 3}))), (Matrix(3, 1) << 1, 2, 3).finished());
}

TEST(Npy, ReadsFormatTwo) {
  const std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }\n";
  std::string bytes("\x93NUMPY\x02\x00", 8);
  bytes += std::string{static_cast<char>(header.size()), 0, 0, 0} + header + raw<double>({2.5});
  EXPECT_EQ(parsed(bytes), Matrix::Constant(1, 1, 2.5));
}

// A file that numpy.save wrote.
TEST(Npy, ReadsWhatNumpyWrote) {
  const Matrix weights = parsed(file_bytes(BASIN_TEST_DATA "/hostile/npy_asym.npy"));
  ASSERT_EQ(weights.rows(), 4);
  EXPECT_EQ(weights(0, 1), 1.0);
  EXPECT_EQ(weights(1, 0), 0.0);
  EXPECT_EQ(weights(3, 2), 0.0);
}

TEST(Npy, RefusesOtherTypesAndOrdersByName) {
  EXPECT_EQ(problem(npy_bytes(">f8", "(1, 1)", raw<double>({1}))),
            "f.npy: has type \">f8\"; allowed: f4, f8, i1, i2, i4, i8, little-endian");
  EXPECT_NE(problem(npy_bytes("|O", "(1,)", "x")).find("\"|O\""), std::string::npos);
  EXPECT_NE(problem(npy_bytes("<f8", "(1, 1)", raw<double>({1}), true)).find("Fortran order"), std::string::npos);
}

TEST(Npy, RefusesShapesThatTheDataDoesNotFill) {
  const std::string one = raw<double>({1});
  EXPECT_NE(problem(npy_bytes("<f8", "(2, 1)", one)), "");
  EXPECT_NE(problem(npy_bytes("<f8", "(1, 1)", one + "x")), "");
  EXPECT_NE(problem(npy_bytes("<f8", "()", one)), "");
  EXPECT_NE(problem(npy_bytes("<f8", "(1, 1, 1)", one)), "");
  EXPECT_NE(problem(npy_bytes("<f8", "(0, 3)", "")), "");
  EXPECT_NE(problem(npy_bytes("<f8", "(-1, -1)", one)), "");
  EXPECT_NE(problem(npy_bytes("<f8", "(4294967296, 4294967296)", "")), "");  // 2^64
  EXPECT_NE(problem(npy_bytes("<f8", "(2305843009213693952, 1)", "")), "");  // 2^61 · 8 = 2^64
  EXPECT_NE(problem(npy_bytes("<f8", "(99999999999999999999999, 1)", one)), "");
}

TEST(Npy, RefusesHeadersThatAreNoPlainDictionary) {
  const std::string one = raw<double>({1});
  const auto with = [&](const std::string& header) {
    return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(header.size()) + '\0' + header + one;
  };
  const std::string good = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }\n";
  EXPECT_EQ(problem(with(good)), "");
  for (const char* bad : {"", "{", "{}", "{'descr': '<f8', 'fortran_order': False}",
                          "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), 'x': 1}",
                          "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}",
                          "{'descr': '<f8', 'fortran_order': false, 'shape': (1, 1)}",
                          "{'descr': '<f8', 'fortran_order': False, 'shape': (exit(), 1)}",
                          "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)} + 1"}) {
    EXPECT_NE(problem(with(bad)), "") << bad;
  }
}

TEST(Npy, RefusesWhatADoubleDoesNotHold) {
  EXPECT_EQ(problem(npy_bytes("<f8", "(1, 2)", raw<double>({1, NAN}))), "f.npy: row 1, column 2: nan is not finite");
  EXPECT_NE(problem(npy_bytes("<f4", "(1,)", raw<float>({INFINITY}))), "");
  EXPECT_NE(problem(npy_bytes("<i8", "(1,)", raw<std::int64_t>({(std::int64_t{1} << 53) + 2}))), "");
  EXPECT_EQ(problem(npy_bytes("<i8", "(1,)", raw<std::int64_t>({-(std::int64_t{1} << 53)}))), "");
}

TEST(Npy, RefusesEveryTruncation) {
  const std::string whole = two_by_three<double>("<f8");
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_NE(problem(whole.substr(0, length)), "") << length;
}

}  // namespace basin
