#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sim/port.hpp"
#include "sim/toolchain/process.hpp"

/// A core in a child process. Request and answer are 32-bit words, little-endian, through its standard input and output:
///
///     request   operation, argument, count, then `count` words
///     answer    status, count, then `count` words
///
/// | operation      | argument  | words   | answer                                                                 |
/// |----------------|-----------|---------|------------------------------------------------------------------------|
/// | read_register  | address   |         | the register                                                           |
/// | write_register | address   | data    |                                                                        |
/// | load           | keep_open | a packet|                                                                        |
/// | read           | count     |         | `count` words of the read stream                                       |
/// | finish         |           |         | comes when the core is idle                                            |
/// | step           | n         |         | clock cycles (low word, high word), flags, then the n states            |
///
/// Status 0: done. Status 1: the words are text, what went wrong, padded with zero bytes. The child ends at the end of its
/// input. Nothing else may go to its standard output.
namespace basin::child {

enum Operation : std::uint32_t { read_register = 1, write_register = 2, load = 3, read = 4, finish = 5, step = 6 };
enum Status : std::uint32_t { done = 0, problem = 1 };
inline constexpr std::uint32_t flag_busy = 1, flag_settled = 2, flag_overflow = 4;

/// Most words that a request or an answer may have.
inline constexpr std::uint32_t most_words = 1U << 20;

}  // namespace basin::child

namespace basin {

/// Starts the program of `options` and gives the core inside it. `tool` names it in errors; `options.timeout_s` bounds each
/// wait for an answer.
std::unique_ptr<CorePort> make_child_port(std::string tool, const ProcessOptions& options);

/// The child's side: answers requests from descriptor `input` on `output` with `port` until the input ends. Throws
/// std::runtime_error when a request can't be understood or the other side is gone.
void serve_port(CorePort& port, int input, int output);

}  // namespace basin
