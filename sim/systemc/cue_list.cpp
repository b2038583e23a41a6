#include "sim/systemc/cue_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "models/design/error.hpp"
#include "sim/reference/cues.hpp"

namespace basin::systemc {
namespace {

/// The number that `text` is, and nothing else.
int number_in(std::string_view text, const std::string& whole) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc::result_out_of_range) throw InputError(fmt::format("--cue {}: the number {} is too large", whole, text));
  if (error != std::errc() || stop != end || number < 0) {
    throw InputError(fmt::format("--cue {}: allowed are numbers and ranges, as in 3 or 0,3,7 or 0-9", whole));
  }
  return number;
}

}  // namespace

std::vector<int> cues_in(const std::string& text, std::size_t count) {
  std::vector<int> cues;
  std::vector<bool> named(count);
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view part = std::string_view(text).substr(at, end - at);
    const std::size_t dash = part.find('-');
    const int first = number_in(part.substr(0, dash), text);
    const int last = dash == std::string_view::npos ? first : number_in(part.substr(dash + 1), text);
    if (last < first) throw InputError(fmt::format("--cue {}: a range rises: {}-{}", text, last, first));
    require_cue("--cue", first, count);
    require_cue("--cue", last, count);
    for (int cue = first; cue <= last; ++cue) {
      if (named[static_cast<std::size_t>(cue)]) throw InputError(fmt::format("--cue {}: names cue {} twice", text, cue));
      named[static_cast<std::size_t>(cue)] = true;
      cues.push_back(cue);
    }
    at = end + 1;
  }
  return cues;
}

}  // namespace basin::systemc
