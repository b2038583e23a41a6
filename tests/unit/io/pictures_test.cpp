#include "sim/io/pictures.hpp"

#include <gtest/gtest.h>

#include "tests/unit/io/scratch.hpp"

namespace basin {
namespace {

std::string art_problem(const std::string& text) {
  return refusal([&] { parse_text_art(text, "f.txt"); });
}
std::string png(const std::string& kind) { return file_bytes(BASIN_TEST_DATA "/pictures/" + kind + ".png"); }
std::string pbm_problem(const std::string& bytes) {
  return refusal([&] { parse_pbm(bytes, "f.pbm"); });
}

}  // namespace

TEST(TextArt, ReadsNamedPicturesRowByRow) {
  const PatternSet set = parse_text_art("; a comment\nname: T\n###\n.#.\n\nname: the L\r\n#..\r\n###\r\n", "f.txt");
  EXPECT_EQ(set.rows, (Matrix(2, 6) << 1, 1, 1, -1, 1, -1, 1, -1, -1, 1, 1, 1).finished());
  EXPECT_EQ(set.names, (std::vector<std::string>{"T", "the L"}));
  EXPECT_EQ(set.width, 3);
  EXPECT_EQ(set.height, 2);
}

TEST(TextArt, ReadsPicturesWithoutNames) {
  const PatternSet set = parse_text_art("#.\n\n\n.#", "f.txt");
  EXPECT_EQ(set.rows, (Matrix(2, 2) << 1, -1, -1, 1).finished());
  EXPECT_TRUE(set.names.empty());
}

TEST(TextArt, RefusesWhatIsNoSetOfEqualPictures) {
  EXPECT_EQ(art_problem("##\n#\n"), "f.txt:2: has 1 pixels; allowed: 2, as in the rows before it");
  EXPECT_EQ(art_problem("##\n##\n\n#.\n"), "f.txt:4: starts a picture of 2 × 1; allowed: 2 × 2, as before it");
  EXPECT_EQ(art_problem("#x\n"), "f.txt:1: \"#x\" is no row of a picture; allowed: # and .");
  EXPECT_EQ(art_problem(""), "f.txt: holds no picture; allowed: lines of # and .");
  EXPECT_EQ(art_problem("name: A\n"), "f.txt: ends with a name; allowed: a picture after it");
  EXPECT_EQ(art_problem("name: A\nname: B\n#\n"),
            "f.txt:2: names a picture that has a name; allowed: one name a picture");
  EXPECT_EQ(art_problem("name: A\n#\n\n.\n"), "f.txt: names 1 of 2 pictures; allowed: all or none");
}

TEST(Pbm, ReadsPlainPixelsWithCommentsAndWithoutBlanks) {
  const PatternSet set = parse_pbm("P1\n# made by hand\n3 2\n1 0 1\n0# end of row\n10\n", "f.pbm");
  EXPECT_EQ(set.rows, (Matrix(1, 6) << 1, -1, 1, -1, 1, -1).finished());
  EXPECT_EQ(set.width, 3);
  EXPECT_EQ(set.height, 2);
}

// Rows of packed pixels start at a byte: 10 pixels take two bytes, the last six bits unused.
TEST(Pbm, ReadsPackedPixelsRowByRow) {
  const PatternSet set = parse_pbm(std::string("P4 10 2\n\x80\x40\x01\x80", 12), "f.pbm");
  Matrix expected = Matrix::Constant(1, 20, -1.0);
  expected(0, 0) = expected(0, 9) = expected(0, 10 + 7) = expected(0, 10 + 8) = 1.0;
  EXPECT_EQ(set.rows, expected);
}

TEST(Pbm, RefusesOtherFormatsAndSizes) {
  for (const char* bytes : {"", "P5\n2 2\n255\nabcd", "P1", "P1\n2", "P1\n0 2\n", "P1\n-2 2\n0 0 0 0",
                            "P1\n100000 100000\n", "P1\n129 128\n", "P1\n2 2\n0 1 0", "P1\n2 2\n0 1 0 2",
                            "P1\n2 2\n0 1 0 1 1", "P4\n8 2\na", "P4\n8 2\nabc", "P1\n99999999999999999999 1\n0"}) {
    EXPECT_NE(pbm_problem(bytes), "") << bytes;
  }
}

// Black, half and white of 2: half of white is no ink.
TEST(Pgm, TakesWhatIsDarkerThanHalfOfWhiteForInk) {
  const PatternSet set = parse_pgm("P2 # by hand\n3 2\n2\n0 1 2\n2 0 0\n", "f.pgm");
  EXPECT_EQ(set.rows, (Matrix(1, 6) << 1, -1, -1, -1, 1, 1).finished());
  EXPECT_EQ(set.width, 3);
  EXPECT_EQ(set.height, 2);
}

TEST(Pgm, ReadsPackedBytesAndPairsOfBytesHighOneFirst) {
  EXPECT_EQ(parse_pgm("P5 3 1 255\n\x7f\x80\xff", "f.pgm").rows, (Matrix(1, 3) << 1, -1, -1).finished());
  EXPECT_EQ(parse_pgm(std::string("P5 2 1 65535\n\x7f\xff\x80\0", 17), "f.pgm").rows,
            (Matrix(1, 2) << 1, -1).finished());
}

TEST(Pgm, RefusesOtherFormatsSizesAndGreys) {
  for (const char* bytes : {"", "P4\n8 1\na", "P5", "P5\n2 2\n", "P5\n2 2\n0\nabcd", "P5\n2 2\n65536\nabcd", "P5\n2 2\n-1\nabcd",
                            "P5\n0 2\n255\n", "P5\n-2 2\n255\nabcd", "P5\n100000 100000\n255\n", "P5\n2 2\n255\nabc",
                            "P5\n2 2\n255\nabcde", "P5\n2 2\n300\nabcd", "P5\n1 1\n9\na", "P2\n2 1\n9\n1 10\n", "P2\n2 1\n9\n1 -1\n",
                            "P2\n2 1\n9\n1\n", "P2\n2 1\n9\n1 2 3\n"}) {
    EXPECT_NE(refusal([&] { parse_pgm(bytes, "f.pgm"); }), "") << bytes;
  }
}

// Every kind holds the same picture, made by write_pictures.py without libpng.
TEST(Png, ReadsEveryKindOfPixelAsTheSamePicture) {
  for (const char* kind : {"grey1", "grey2", "grey4", "grey8", "grey16", "palette", "rgb8", "rgb16", "grey_alpha", "rgba",
                           "interlaced"}) {
    const PatternSet set = parse_png(png(kind), "f.png");
    EXPECT_EQ(set.rows, (Matrix(1, 15) << 1, -1, -1, 1, 1, -1, 1, -1, -1, 1, 1, 1, 1, -1, -1).finished()) << kind;
    EXPECT_EQ(set.width, 5) << kind;
    EXPECT_EQ(set.height, 3) << kind;
  }
}

TEST(Png, TakesGrey127ForInkAndGrey128ForPaper) {
  EXPECT_EQ(parse_png(png("threshold"), "f.png").rows, (Matrix(1, 2) << 1, -1).finished());
}

TEST(Png, TakesTransparentBlackForPaper) {
  EXPECT_EQ(parse_png(png("transparent"), "f.png").rows, (Matrix(1, 2) << -1, 1).finished());
}

TEST(Png, RefusesSizesBeyondADesignBeforeItUnpacks) {
  EXPECT_EQ(refusal([] { parse_png(png("large"), "f.png"); }), "f.png: has 129 × 128 pixels; allowed: 1 to 16384");
}

TEST(Png, RefusesEveryBitFlipInItsHeadPixelsAndEnd) {
  const std::string good = png("rgba");
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    EXPECT_NE(refusal([&] { parse_png(bad, "f.png"); }), "") << bit;
  }
}

TEST(Png, RefusesEveryTruncation) {
  const std::string good = png("palette");
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_NE(refusal([&] { parse_png(std::string_view(good).substr(0, size), "f.png"); }), "") << size;
  EXPECT_NE(refusal([&] { parse_png(good + "x", "f.png"); }), "");
}

}  // namespace basin
