#pragma once

#include <filesystem>
#include <memory>

#include "models/fixed/network.hpp"
#include "sim/engine.hpp"
#include "sim/port.hpp"

namespace basin {

/// The core of the board at a serial port. Opening starts a session. Throws EnvironmentError when the port can't be opened
/// or set up; it and every function of the port throw ToolError when no board answers, or when it was reset meanwhile.
std::unique_ptr<CorePort> make_board_port(const std::filesystem::path& port);

/// The engine "board": the network loaded into the board at a serial port. Throws like make_board_port, and ToolError when
/// the board's CONFIG_ID is not `config_id`.
std::unique_ptr<Engine> make_board_engine(const FixedNetwork& network, std::uint32_t config_id,
                                          const std::filesystem::path& port);

}  // namespace basin
