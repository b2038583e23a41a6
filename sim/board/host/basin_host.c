#define _DEFAULT_SOURCE
#include "basin_host.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { HELLO = 1, WRITE_REGISTERS = 2, READ_REGISTERS = 3, LOAD = 4, LOAD_LAST = 5, TAKE = 6 };
enum { REQUEST_SYNC = 0xB5, REPLY_SYNC = 0x5B };
enum { REG_CONTROL = 1, CONTROL_CLEAR = 4, CONTROL_STOP = 8 };
enum { REQUEST_BEFORE = 3, REPLY_BEFORE = 4, CRC_BYTES = 2 };
enum { LONGEST = REPLY_BEFORE + 4 * BASIN_HOST_MOST_WORDS + CRC_BYTES };

static const uint32_t GREETING = 0x314E5342;

struct reply {
  uint8_t flags;
  size_t count;
  uint32_t words[BASIN_HOST_MOST_WORDS];
};

static unsigned crc16(const uint8_t *bytes, size_t size) {
  unsigned crc = 0xFFFF;
  for (size_t k = 0; k < size; ++k) {
    crc ^= (unsigned)bytes[k] << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc << 1 ^ ((crc & 0x8000) ? 0x1021u : 0u)) & 0xFFFF;
  }
  return crc;
}

static int64_t now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static bool wait_for(const struct basin_host_board *board, short events, int64_t limit) {
  const int64_t left = limit - now_ms();
  struct pollfd waited = {board->file, events, 0};
  return left > 0 && poll(&waited, 1, (int)left) > 0;
}

static bool transient(void) { return errno == EAGAIN || errno == EINTR; }

static enum basin_host_status send_bytes(const struct basin_host_board *board, const uint8_t *bytes, size_t size, int64_t limit) {
  while (size > 0 && wait_for(board, POLLOUT, limit)) {
    const ssize_t count = write(board->file, bytes, size);
    if (count < 0 && !transient()) return BASIN_HOST_PORT;
    if (count > 0) {
      bytes += count;
      size -= (size_t)count;
    }
  }
  return BASIN_HOST_DONE;
}

/* Whether a whole and right reply with that head begins at `bytes`. */
static bool reply_at(const uint8_t *bytes, size_t size, uint8_t head, struct reply *reply) {
  if (size < REPLY_BEFORE + CRC_BYTES || bytes[0] != REPLY_SYNC || bytes[1] != head || bytes[3] > BASIN_HOST_MOST_WORDS) return false;
  const size_t whole = REPLY_BEFORE + 4 * (size_t)bytes[3] + CRC_BYTES;
  if (size < whole || crc16(bytes + 1, whole - 1) != 0) return false;
  reply->flags = bytes[2];
  reply->count = bytes[3];
  for (size_t k = 0; k < reply->count; ++k) {
    const uint8_t *at = bytes + REPLY_BEFORE + 4 * k;
    reply->words[k] = at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
  }
  return true;
}

/* BASIN_HOST_SILENT when no right reply came in time. Bytes in front of it are skipped. */
static enum basin_host_status receive(const struct basin_host_board *board, uint8_t head, int64_t limit, struct reply *reply) {
  uint8_t bytes[2 * LONGEST];
  size_t size = 0;
  while (wait_for(board, POLLIN, limit)) {
    if (size == sizeof bytes) {
      memmove(bytes, bytes + LONGEST, size - LONGEST);
      size -= LONGEST;
    }
    const ssize_t count = read(board->file, bytes + size, sizeof bytes - size);
    if (count == 0 || (count < 0 && !transient())) return BASIN_HOST_PORT;
    if (count > 0) size += (size_t)count;
    for (size_t at = 0; at < size; ++at) {
      if (reply_at(bytes + at, size - at, head, reply)) return BASIN_HOST_DONE;
    }
  }
  return BASIN_HOST_SILENT;
}

static enum basin_host_status exchange(struct basin_host_board *board, unsigned command, const uint32_t *words, size_t count,
                                       struct reply *reply) {
  uint8_t frame[LONGEST];
  size_t size = 0;
  board->sequence = (board->sequence + 1) & 15;
  const uint8_t head = (uint8_t)(command << 4 | board->sequence);
  frame[size++] = REQUEST_SYNC;
  frame[size++] = head;
  frame[size++] = (uint8_t)count;
  for (size_t k = 0; k < count; ++k) {
    for (int shift = 0; shift < 32; shift += 8) frame[size++] = (uint8_t)(words[k] >> shift);
  }
  const unsigned crc = crc16(frame + 1, size - 1);
  frame[size++] = (uint8_t)(crc >> 8);
  frame[size++] = (uint8_t)(crc & 0xFF);
  enum basin_host_status status = BASIN_HOST_SILENT;
  for (int k = 0; k < board->tries && status == BASIN_HOST_SILENT; ++k) {
    tcflush(board->file, TCIFLUSH);
    const int64_t limit = now_ms() + board->reply_ms;
    status = send_bytes(board, frame, size, limit);
    if (status == BASIN_HOST_DONE) status = receive(board, head, limit, reply);
  }
  if (status == BASIN_HOST_DONE) board->flags = reply->flags;
  return status;
}

/* exchange() of a request that the board has to execute. */
static enum basin_host_status run(struct basin_host_board *board, unsigned command, const uint32_t *words, size_t count,
                                  struct reply *reply) {
  const enum basin_host_status status = exchange(board, command, words, count, reply);
  if (status != BASIN_HOST_DONE) return status;
  if (reply->flags & BASIN_HOST_FRESH) return BASIN_HOST_RESET;
  return reply->flags & BASIN_HOST_REFUSED_FLAG ? BASIN_HOST_REFUSED : BASIN_HOST_DONE;
}

static enum basin_host_status set_up(int file) {
  struct termios settings;
  if (tcgetattr(file, &settings) != 0) return BASIN_HOST_PORT;
  cfmakeraw(&settings);
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS);
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  cfsetispeed(&settings, B1000000);
  cfsetospeed(&settings, B1000000);
  return tcsetattr(file, TCSANOW, &settings) == 0 ? BASIN_HOST_DONE : BASIN_HOST_PORT;
}

/* Ends what a former session left behind. */
static enum basin_host_status bring_to_rest(struct basin_host_board *board) {
  const uint32_t most = BASIN_HOST_MOST_WORDS;
  const int64_t limit = now_ms() + 30000;
  struct reply reply;
  enum basin_host_status status = basin_host_write_register(board, REG_CONTROL, CONTROL_STOP | CONTROL_CLEAR);
  while (status == BASIN_HOST_DONE) {
    status = run(board, TAKE, &most, 1, &reply);
    if (status == BASIN_HOST_DONE && reply.count == 0 && !(board->flags & BASIN_HOST_BUSY)) break;
    if (now_ms() > limit) return BASIN_HOST_SILENT;
  }
  return status;
}

enum basin_host_status basin_host_open(struct basin_host_board *board, const char *path) {
  struct reply reply;
  board->reply_ms = 500;
  board->tries = 8;
  board->sequence = 0;
  board->flags = 0;
  board->file = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (board->file < 0) return BASIN_HOST_PORT;
  enum basin_host_status status = set_up(board->file);
  if (status == BASIN_HOST_DONE) status = exchange(board, HELLO, NULL, 0, &reply);
  if (status == BASIN_HOST_DONE && (reply.count != 1 || reply.words[0] != GREETING)) status = BASIN_HOST_REFUSED;
  return status == BASIN_HOST_DONE ? bring_to_rest(board) : status;
}

void basin_host_close(struct basin_host_board *board) {
  if (board->file >= 0) close(board->file);
  board->file = -1;
}

enum basin_host_status basin_host_write_register(struct basin_host_board *board, uint32_t address, uint32_t data) {
  const uint32_t words[2] = {address, data};
  struct reply reply;
  return run(board, WRITE_REGISTERS, words, 2, &reply);
}

enum basin_host_status basin_host_read_register(struct basin_host_board *board, uint32_t address, uint32_t *data) {
  struct reply reply;
  const enum basin_host_status status = run(board, READ_REGISTERS, &address, 1, &reply);
  if (status != BASIN_HOST_DONE) return status;
  if (reply.count != 1) return BASIN_HOST_WORDS;
  *data = reply.words[0];
  return BASIN_HOST_DONE;
}

enum basin_host_status basin_host_load(struct basin_host_board *board, const uint32_t *words, size_t count, bool last) {
  enum basin_host_status status = BASIN_HOST_DONE;
  struct reply reply;
  while (count > 0 && status == BASIN_HOST_DONE) {
    const size_t part = count < BASIN_HOST_MOST_WORDS ? count : BASIN_HOST_MOST_WORDS;
    status = run(board, part == count && last ? LOAD_LAST : LOAD, words, part, &reply);
    words += part;
    count -= part;
  }
  return status;
}

enum basin_host_status basin_host_take(struct basin_host_board *board, uint32_t *words, size_t count) {
  struct reply reply;
  while (count > 0) {
    const uint32_t part = count < BASIN_HOST_MOST_WORDS ? (uint32_t)count : BASIN_HOST_MOST_WORDS;
    const enum basin_host_status status = run(board, TAKE, &part, 1, &reply);
    if (status != BASIN_HOST_DONE) return status;
    if (reply.count == 0 || reply.count > part) return BASIN_HOST_WORDS;
    memcpy(words, reply.words, reply.count * sizeof *words);
    words += reply.count;
    count -= reply.count;
  }
  return BASIN_HOST_DONE;
}

const char *basin_host_text(enum basin_host_status status) {
  switch (status) {
    case BASIN_HOST_DONE: return "done";
    case BASIN_HOST_PORT: return "the port can't be used";
    case BASIN_HOST_SILENT: return "no board answers";
    case BASIN_HOST_RESET: return "the board was reset; load again";
    case BASIN_HOST_REFUSED: return "the board refused a request";
    case BASIN_HOST_WORDS: return "the board gave too few or too many words";
  }
  return "unknown status";
}
