#include "sim/report/text.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace basin::report {

TEST(ReportText, EscapesWhatHtmlGivesAMeaning) {
  EXPECT_EQ(escaped("<script>\"a\" & 'b'</script>"), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;");
}

TEST(ReportText, ShowsWhatTurnsOrHidesTextByItsNumber) {
  EXPECT_EQ(escaped("a\xe2\x80\xae" "b\x01\xef\xbb\xbf"), "a\\u{202E}b\\u{1}\\u{FEFF}");
}

TEST(ReportText, KeepsTextOfEveryScript) { EXPECT_EQ(escaped("µ → 日本 😀"), "µ → 日本 😀"); }

// 0xC0 0xAF is an overlong "/", 0xED 0xA0 0x80 a surrogate, 0xF5 beyond Unicode; the last is cut off.
TEST(ReportText, ReplacesEveryByteThatIsNoUtf8) {
  EXPECT_EQ(escaped("\xc0\xaf"), "��");
  EXPECT_EQ(escaped("\xed\xa0\x80"), "���");
  EXPECT_EQ(escaped("\xf5"), "�");
  EXPECT_EQ(escaped("a\xe2\x82"), "a��");
}

TEST(ReportText, CutsByCharactersNotBytes) { EXPECT_EQ(escaped("ééééé", 3), "ééé…"); }

TEST(ReportText, WritesJsonThatCanNotEndAScriptElement) {
  EXPECT_EQ(json_string("</script>\"\\ \xe2\x86\x92\xf0\x9f\x98\x80"),
            "\"\\u003c/script\\u003e\\u0022\\u005c \\u2192\\ud83d\\ude00\"");
}

TEST(ReportText, GivesThreeDigitsAndShortExponents) {
  EXPECT_EQ(short_number(0.00036349), "0.000363");
  EXPECT_EQ(short_number(1.234e-7), "1.23e-7");
  EXPECT_EQ(short_number(0.0), "0");
  EXPECT_EQ(short_number(std::nan("")), "not finite");
}

TEST(ReportText, QuotesWordsThatAShellWouldSplit) {
  EXPECT_EQ(shell_word("examples/letters"), "examples/letters");
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("it's $(x)"), "'it'\\''s $(x)'");
  EXPECT_EQ(shell_word(""), "''");
}

// RFC 4648, section 10.
TEST(ReportText, EncodesTheTestVectorsOfBase64) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

}  // namespace basin::report
