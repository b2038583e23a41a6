#pragma once

#include <functional>
#include <vector>

namespace basin::systemc {

/// Runs `recall` for every cue, in order, and returns the largest of its exit codes 0 and 1; another code ends the series at
/// once and is returned. One cue runs in this process. Each of several runs in a child made for it, which says first which
/// cue it is; in the child this function returns, or throws, what `recall` does. Before anything is elaborated. Throws
/// EnvironmentError when no child can be made.
int for_each_cue(const std::vector<int>& cues, const std::function<int(int cue)>& recall);

}  // namespace basin::systemc
