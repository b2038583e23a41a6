#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace basin::test {

/// Every cue that is not borderline ended where the realised circuit did, and every engine made the same bits.
void expect_agreement(const nlohmann::json& result);

/// The commands in the README of an example print what it shows: examples/update_readmes writes the blocks anew. A run of
/// verify is also held to its claim.
void expect_shown_output(const std::string& example);

}  // namespace basin::test
