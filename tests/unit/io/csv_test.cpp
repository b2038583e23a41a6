#include "sim/io/csv.hpp"

#include <gtest/gtest.h>

#include <clocale>

#include "tests/unit/io/scratch.hpp"

namespace basin {
namespace {

const Matrix expected = (Matrix(2, 3) << 1, -1, 1, -1, 0.5, 1e-11).finished();

std::string problem(const std::string& bytes) {
  return refusal([&] { parse_csv(bytes, "f.csv"); });
}

}  // namespace

TEST(Csv, ReadsRowsOfNumbers) { EXPECT_EQ(parse_csv("1,-1,1\n-1,0.5,1e-11\n", "f.csv"), expected); }

TEST(Csv, MeansTheSameWithCrlfMarkBlanksAndWithoutLastLineEnd) {
  EXPECT_EQ(parse_csv("1,-1,1\r\n-1,0.5,1e-11\r\n", "f.csv"), expected);
  EXPECT_EQ(parse_csv("\xef\xbb\xbf"
                      "1,-1,1\n-1,0.5,1e-11\n",
                      "f.csv"),
            expected);
  EXPECT_EQ(parse_csv(" 1 ,\t-1, +1\n-1,.5,1E-11", "f.csv"), expected);
  EXPECT_EQ(parse_csv("1,-1,1\n-1,0.5,1e-11\n\n \r\n", "f.csv"), expected);
}

TEST(Csv, NamesLineColumnAndCell) {
  EXPECT_EQ(problem("1,2\n1,x\n"),
            "f.csv:2: column 2: \"x\" is not a number; allowed: finite decimal numbers separated by commas");
}

TEST(Csv, RefusesWhatIsNoFiniteDecimalNumber) {
  for (const char* cell : {"nan", "inf", "-inf", "1e999", "0x1p-1", "=1+1", "\"1\"", "1;2", "1 2", "",
                           "\xe2\x88\x92"
                           "1",
                           "--1", "+-1", "1e"}) {
    EXPECT_NE(problem(std::string("1,") + cell + "\n"), "") << cell;
  }
  EXPECT_NE(problem(std::string("1,\0001\n", 5)), "");
}

TEST(Csv, RefusesRaggedEmptyAndInterruptedRows) {
  EXPECT_EQ(problem("1,2\n1\n"), "f.csv:2: has 1 columns; allowed: 2, as in the rows before it");
  EXPECT_EQ(problem(""), "f.csv: holds no numbers; allowed: rows of numbers");
  EXPECT_EQ(problem("\n\n"), "f.csv: holds no numbers; allowed: rows of numbers");
  EXPECT_EQ(problem("1\n\n2\n"), "f.csv:2: is empty; allowed: a row of numbers");
}

// Whatever locale with a decimal comma this machine has; the plain one otherwise, where nothing can go wrong.
TEST(Csv, IgnoresTheLocale) {
  for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"}) {
    if (std::setlocale(LC_ALL, name) != nullptr) break;
  }
  const Matrix matrix = parse_csv("1,-1,1\n-1,0.5,1e-11\n", "f.csv");
  std::setlocale(LC_ALL, "C");
  EXPECT_EQ(matrix, expected);
}

}  // namespace basin
