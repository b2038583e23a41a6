#pragma once

#include <vector>

#include "models/design/schema.hpp"

/// The rows of the schema, section by section. Read them through schema().
namespace basin {

std::vector<Key> circuit_keys();
std::vector<Key> memory_keys();
std::vector<Key> cue_keys();
std::vector<Key> recall_keys();
std::vector<Key> simulate_keys();
std::vector<Key> hardware_keys();
std::vector<Key> verify_keys();
std::vector<Key> capacity_keys();
std::vector<Key> physical_keys();
std::vector<Key> amplifier_keys();
std::vector<Key> tolerance_keys();
std::vector<Key> noise_keys();
std::vector<Key> problem_keys();

}  // namespace basin
