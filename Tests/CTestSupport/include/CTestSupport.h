#pragma once

#include <sys/types.h>

/// Starts a program as the leader of a new session on a new pseudo-terminal of that size, with every signal at its
/// default.
///
/// `arguments` and `environment` end in NULL; `folder` may be NULL. Stores the terminal's other end in `master`, which
/// no later child inherits. Returns the process, or -1 with `errno` set; a program that cannot be run exits with 127.
pid_t cts_spawn(
    const char *path, char *const arguments[], char *const environment[], const char *folder, int rows, int columns,
    int *master);

/// The same with standard input, output and error in the place of a terminal.
pid_t cts_spawn_with_streams(
    const char *path, char *const arguments[], char *const environment[], const char *folder, const int streams[3]);

/// Starts a process that locks a file with `flock`, writes its number, a space and the text into it, and keeps the lock until
/// it is killed. Returns the process once the lock is its own, or -1.
pid_t cts_hold_lock(const char *path, const char *text);

/// Gives the terminal another size, which sends SIGWINCH to its foreground group. Returns 0 or -1 with `errno` set.
int cts_resize(int master, int rows, int columns);

/// The foreground process group of the terminal, or -1.
pid_t cts_foreground_group(int master);

/// How many columns a Unicode scalar takes, by the C library's table for UTF-8: 0, 1, 2, or -1 for none that prints.
int cts_width(unsigned scalar);

/// Whether the terminal hands out whole lines and echoes, as a shell expects to find it.
int cts_is_cooked(int master);

/// Writes the path of the program or bundle that this code is part of into a buffer. Returns its length, or -1.
long cts_image_path(char *buffer, unsigned long size);
