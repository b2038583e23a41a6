#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace basin::systemc {

/// The cues that `text` names ("3", "0,3,7", "0-9", "0-3,8"), in its order. Throws InputError with the allowed form or range when
/// it is none of these, names a cue twice, or names one beyond the `count` of the design.
std::vector<int> cues_in(const std::string& text, std::size_t count);

}  // namespace basin::systemc
