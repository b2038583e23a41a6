#pragma once

#include <string>

namespace basin {

/// The program that runs, by its bytes: 16 hexadecimal digits of the SHA-256 of its file. What one build kept is thereby not taken for
/// what another would find. Read once; throws InputError where the system does not show it.
const std::string& program_id();

}  // namespace basin
