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
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#ifdef __APPLE__
#include <xlocale.h>
#endif

/// Starts a program as the leader of a new session with these streams, of which `terminal` is the one to control it, if any.
static pid_t start(
    const char *path, char *const arguments[], char *const environment[], const char *folder, const int streams[3],
    int terminal) {
  long highest = sysconf(_SC_OPEN_MAX);
  if (highest < 0 || highest > 4096) highest = 4096;
  pid_t child = fork();
  if (child != 0) return child;
  // Between fork and exec only calls that are safe in a signal handler may be made.
  setsid();
  if (terminal >= 0) ioctl(terminal, TIOCSCTTY, 0);
  for (int fd = 0; fd < 3; fd++) dup2(streams[fd], fd);
  for (int fd = 3; fd < highest; fd++) close(fd);
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
