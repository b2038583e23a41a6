#include "sim/cli/text.hpp"

#include <gtest/gtest.h>

namespace basin::cli {
namespace {

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("τ→Ω"), 3);        // two and three bytes each
  EXPECT_EQ(display_width("日本"), 4);       // wide
  EXPECT_EQ(display_width("e\xCC\x81"), 1);  // e and a combining acute
  EXPECT_EQ(display_width("\xFF"), 1);       // malformed: one replacement character
}

TEST(Printable, TakesEscapesAndLineBreaksOut) {
  EXPECT_EQ(printable("a\x1b[31mb"), "a\xEF\xBF\xBD[31mb");
  EXPECT_EQ(printable("a\nb"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(printable("\xE2\x80\xAE"
                      "abc"),
            "\xEF\xBF\xBD"
            "abc");  // right-to-left override
  EXPECT_EQ(printable("τ = 日本"), "τ = 日本");
}

TEST(Printable, ReplacesOverlongAndTruncatedSequences) {
  EXPECT_EQ(printable("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong NUL
  EXPECT_EQ(printable("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // euro sign cut short
  EXPECT_EQ(printable("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // a surrogate
}

TEST(Shortened, EndsInAnEllipsisWithinTheWidth) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdef", 4), "abc…");
  EXPECT_EQ(shortened("日本語", 4), "日…");  // the second would end in column 4, where the ellipsis stands
  EXPECT_LE(display_width(shortened("日本語", 3)), 3);
}

TEST(Wrapped, BreaksAtBlanksAndInsideWordsOnlyWhereItMust) {
  EXPECT_EQ(wrapped("aa bb cc", 5), (std::vector<std::string>{"aa bb", "cc"}));
  EXPECT_EQ(wrapped("abcdefgh ij", 3), (std::vector<std::string>{"abc", "def", "gh", "ij"}));
  EXPECT_EQ(wrapped("", 5), (std::vector<std::string>{""}));
}

}  // namespace
}  // namespace basin::cli
