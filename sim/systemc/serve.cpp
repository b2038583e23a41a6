#include "sim/systemc/serve.hpp"

#include <cstdint>
#include <cstdio>
#include <exception>
#include <unistd.h>

#include "sim/rtl/child_port.hpp"
#include "sim/systemc/core.hpp"
#include "sim/systemc/monitor.hpp"
#include "sim/systemc/port.hpp"

namespace basin::systemc {
namespace {

/// Its thread owns the loop: simulated time passes while a request is worked on, and stands still between requests.
class Server : public sc_core::sc_module {
 public:
  SC_HAS_PROCESS(Server);
  Server(const sc_core::sc_module_name&, Core& core, Monitor& monitor, std::int64_t longest_wait)
      : port_(core, monitor, longest_wait) {
    SC_THREAD(answer);
  }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  void answer() {
    try {
      port_.reset();
      serve_port(port_, STDIN_FILENO, STDOUT_FILENO);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      failed_ = true;
    }
    sc_core::sc_stop();
  }

  SignalPort port_;
  bool failed_ = false;
};

}  // namespace

int serve(const std::filesystem::path& object, std::int64_t longest_wait) {
  Core core("core", object, sc_core::sc_time(10, sc_core::SC_NS));
  Monitor monitor("monitor", core);
  const Server server("server", core, monitor, longest_wait);
  sc_core::sc_start();
  return server.failed() ? 1 : 0;
}

}  // namespace basin::systemc
