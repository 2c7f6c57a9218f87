#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CTestSupport.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#ifdef __APPLE__
#include <xlocale.h>
#endif

/// Closes what a child of a fork has from its parent, besides the standard streams and one more.
static void close_all_but(int kept) {
  long highest = sysconf(_SC_OPEN_MAX);
  if (highest < 0 || highest > 4096) highest = 4096;
  for (int fd = 3; fd < highest; fd++) {
    if (fd != kept) close(fd);
  }
}

/// Starts a program as the leader of a new session with these streams, of which `terminal` is the one to control it, if any.
static pid_t start(
    const char *path, char *const arguments[], char *const environment[], const char *folder, const int streams[3],
    int terminal) {
  pid_t child = fork();
  if (child != 0) return child;
  // Between fork and exec only calls that are safe in a signal handler may be made.
  setsid();
  if (terminal >= 0) ioctl(terminal, TIOCSCTTY, 0);
  for (int fd = 0; fd < 3; fd++) dup2(streams[fd], fd);
  close_all_but(-1);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (!folder || chdir(folder) == 0) execve(path, arguments, environment);
  _exit(127);
}

pid_t cts_spawn(
    const char *path, char *const arguments[], char *const environment[], const char *folder, int rows, int columns,
    int *master) {
  *master = posix_openpt(O_RDWR | O_NOCTTY);
  if (*master < 0) return -1;
  fcntl(*master, F_SETFD, FD_CLOEXEC);
  const char *name = grantpt(*master) == 0 && unlockpt(*master) == 0 ? ptsname(*master) : NULL;
  int terminal = name ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
  pid_t child = -1;
  if (terminal >= 0 && cts_resize(*master, rows, columns) == 0) {
    child = start(path, arguments, environment, folder, (int[]){terminal, terminal, terminal}, terminal);
  }
  int error = errno;
  if (terminal >= 0) close(terminal);
  if (child < 0) close(*master);
  errno = error;
  return child;
}

pid_t cts_spawn_with_streams(
    const char *path, char *const arguments[], char *const environment[], const char *folder, const int streams[3]) {
  return start(path, arguments, environment, folder, streams, -1);
}

pid_t cts_hold_lock(const char *path, const char *text) {
  int told[2];
  if (pipe(told) != 0) return -1;
  pid_t child = fork();
  if (child == 0) {
    // It ends by itself too, should its test have died.
    signal(SIGALRM, SIG_DFL);
    alarm(600);
    close_all_but(told[1]);
    char line[256];
    int length = snprintf(line, sizeof line, "%d %s", (int)getpid(), text);
    int file = open(path, O_RDWR);
    if (file < 0 || flock(file, LOCK_EX) != 0 || write(file, line, (size_t)length) != length) _exit(1);
    if (write(told[1], "L", 1) != 1) _exit(1);
    for (;;) pause();
  }
  close(told[1]);
  char byte;
  ssize_t count = child < 0 ? -1 : read(told[0], &byte, 1);
  while (child > 0 && count < 0 && errno == EINTR) count = read(told[0], &byte, 1);
  close(told[0]);
  return count == 1 ? child : -1;
}

int cts_resize(int master, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(master, TIOCSWINSZ, &size);
}

pid_t cts_foreground_group(int master) { return tcgetpgrp(master); }

int cts_is_cooked(int master) {
  struct termios modes;
  if (tcgetattr(master, &modes) != 0) return 0;
  return (modes.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG);
}

int cts_width(unsigned scalar) {
  locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (!locale) return 1;
  locale_t before = uselocale(locale);
  int width = wcwidth((wchar_t)scalar);
  uselocale(before);
  freelocale(locale);
  return width;
}

long cts_image_path(char *buffer, unsigned long size) {
#ifdef __linux__
  return readlink("/proc/self/exe", buffer, size);
#else
  Dl_info image;
  if (!dladdr((void *)cts_image_path, &image) || !realpath(image.dli_fname, buffer)) return -1;
  return (long)strlen(buffer);
#endif
}
