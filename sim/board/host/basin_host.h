#ifndef BASIN_HOST_H
#define BASIN_HOST_H

/* Host driver of a Basin board (docs/protocol.md): C11, POSIX, no other dependency. Requests are sent again when no right
 * reply comes in time, so that bytes lost or garbled on the way go unnoticed. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BASIN_HOST_MOST_WORDS 64

enum basin_host_status {
  BASIN_HOST_DONE = 0,
  BASIN_HOST_PORT,      /* the port can't be opened, or is gone: errno says why */
  BASIN_HOST_SILENT,    /* no right reply came, however often the request was sent */
  BASIN_HOST_RESET,     /* the board was reset since the session began: what was loaded is lost */
  BASIN_HOST_REFUSED,   /* the board did not execute the request */
  BASIN_HOST_WORDS      /* the read stream gave fewer words than were asked for, or the request has too many */
};

enum basin_host_flag {
  BASIN_HOST_BUSY = 1,
  BASIN_HOST_SETTLED = 2,
  BASIN_HOST_OVERFLOW = 4,
  BASIN_HOST_LOAD_ERROR = 8,
  BASIN_HOST_FRESH = 16,
  BASIN_HOST_REFUSED_FLAG = 32,
  BASIN_HOST_BOOT_ERROR = 64,
  BASIN_HOST_BOOTED = 128
};

/* A session. `reply_ms` and `tries` may be changed after opening. */
struct basin_host_board {
  int file;
  int reply_ms;
  int tries;
  uint8_t sequence;
  uint8_t flags;        /* of the last reply */
};

/* Opens the serial port at `path` with 1,000,000 baud and starts a session. Close the board if that fails, too. */
enum basin_host_status basin_host_open(struct basin_host_board *board, const char *path);
void basin_host_close(struct basin_host_board *board);
enum basin_host_status basin_host_write_register(struct basin_host_board *board, uint32_t address, uint32_t data);
enum basin_host_status basin_host_read_register(struct basin_host_board *board, uint32_t address, uint32_t *data);
/* Sends `count` words of a load packet; the last one ends it if `last`. */
enum basin_host_status basin_host_load(struct basin_host_board *board, const uint32_t *words, size_t count, bool last);
/* Takes `count` words of the read stream. */
enum basin_host_status basin_host_take(struct basin_host_board *board, uint32_t *words, size_t count);
/* One line for people. */
const char *basin_host_text(enum basin_host_status status);

#ifdef __cplusplus
}
#endif

#endif
