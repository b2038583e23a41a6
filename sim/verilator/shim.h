#pragma once

/* The boundary between Basin and one Verilated core: a shared object exports these functions and nothing else. C, so
 * that neither side sees the other's types. Every call returns 0, or −1 with the reason in basin_shim_problem(). */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

typedef struct BasinShim BasinShim;

/* A core just out of reset, for nothing of which more than `longest_wait` clocks are waited. What reset leaves alone holds random bits drawn from `seed`. Null when
 * memory is refused. */
BasinShim* basin_shim_create(uint64_t longest_wait, uint32_t seed);
void basin_shim_destroy(BasinShim* shim);
/* What went wrong in the last call that returned −1: an assertion of the RTL, or a core that does not answer. */
const char* basin_shim_problem(const BasinShim* shim);

int basin_shim_write_register(BasinShim* shim, uint32_t address, uint32_t data);
int basin_shim_read_register(BasinShim* shim, uint32_t address, uint32_t* data);
/* Sends `count` words through the load stream; the last one with `last` unless `keep_open` is set. */
int basin_shim_load(BasinShim* shim, const uint32_t* words, size_t count, int keep_open);
/* Takes `count` words from the read stream after a read request; −1 unless `last` comes with the final one alone. */
int basin_shim_read(BasinShim* shim, uint32_t* words, size_t count);
/* Advances the clock until the core is idle. */
int basin_shim_finish(BasinShim* shim);

/* One network step of a run under way. */
typedef struct {
  uint64_t cycles;     /* from the end of the step before, or from the start of the run */
  int busy;            /* 0: the run ended with this step */
  int settled;         /* flags as the core showed them at the end of the step */
  int overflow;
} BasinShimStep;
/* Advances the clock until the monitor has shown `count` new states and it is known whether the run goes on. */
int basin_shim_step(BasinShim* shim, int32_t* states, size_t count, BasinShimStep* step);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif
