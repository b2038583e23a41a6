#pragma once

/* Included before every Verilated file: what the model prints goes into the message of the error it causes, not to the
 * standard output of the program that loaded it. */

#ifdef __cplusplus
extern "C"
#endif
int basin_shim_capture(const char* format, ...) __attribute__((format(printf, 1, 2)));
