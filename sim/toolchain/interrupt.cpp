#include "sim/toolchain/interrupt.hpp"

#include <csignal>
#include <unistd.h>

namespace basin {
namespace {

// A signal handler can reach nothing but what is static.
volatile std::sig_atomic_t signals_seen = 0;

void on_signal(int) {
  constexpr int patience = 3;
  signals_seen = signals_seen + 1;
  if (signals_seen >= patience) _exit(130);
}

}  // namespace

void install_interrupt_handler() {
  struct sigaction action {};
  action.sa_handler = on_signal;   // without SA_RESTART: a blocking read or poll returns
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return signals_seen != 0; }

void throw_if_interrupted() {
  if (interrupted()) throw Interrupted();
}

}  // namespace basin
