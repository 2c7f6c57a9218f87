#include "Editor.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

/// The editor whose terminal is raw. A signal handler gets no context, hence a variable of the process; it is also why
/// only one editor of a process can be reading.
static _Atomic(cel_editor *) active;
static struct termios cooked;

/// Signals that the reader hears of between two keys, and those that end the process after the terminal was put back.
static const int told[] = {SIGWINCH, SIGCONT, SIGINT}, ending[] = {SIGTERM, SIGHUP, SIGQUIT};
enum { told_count = sizeof told / sizeof *told, ending_count = sizeof ending / sizeof *ending };
static struct sigaction told_before[told_count], ending_before[ending_count];

void cel_wake(cel_editor *editor) {
  int error = errno;
  char message = CEL_WOKEN;
  // A full pipe has told the reader already.
  while (write(editor->pipe[1], &message, 1) < 0 && errno == EINTR) {
  }
  errno = error;
}

static void tell_reader(int signal) {
  int error = errno;
  cel_editor *editor = active;
  char message = signal == SIGWINCH ? CEL_RESIZED : signal == SIGCONT ? CEL_CONTINUED : CEL_INTERRUPT;
  while (editor && write(editor->pipe[1], &message, 1) < 0 && errno == EINTR) {
  }
  errno = error;
}

static void put_terminal_back(void) {
  static const char paste_off[] = "\033[?2004l\r\n";
  cel_editor *editor = atomic_exchange(&active, NULL);
  if (!editor) return;
  tcsetattr(editor->in_fd, TCSANOW, &cooked);
  size_t skipped = editor->can_move ? 0 : sizeof paste_off - 3;
  // A terminal that has gone accepts nothing, and no one is left to report to.
  (void)!write(editor->out_fd, paste_off + skipped, sizeof paste_off - 1 - skipped);
}

static void end_process(int signal) {
  int error = errno;
  put_terminal_back();
  for (int i = 0; i < ending_count; i++) {
    if (ending[i] == signal) sigaction(signal, &ending_before[i], NULL);
  }
  raise(signal);
  errno = error;
}

static void install(int signal, void (*handler)(int), struct sigaction *before) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(signal, NULL, before);
  // If the program was started with a signal ignored (nohup), it stays ignored; Ctrl-C works anyway.
  if (before->sa_handler != SIG_IGN || signal == SIGINT) sigaction(signal, &action, NULL);
}

void cel_signals_take(cel_editor *editor) {
  static atomic_bool registered;
  if (!atomic_exchange(&registered, true)) atexit(put_terminal_back);
  tcgetattr(editor->in_fd, &cooked);
  active = editor;
  for (int i = 0; i < told_count; i++) install(told[i], tell_reader, &told_before[i]);
  for (int i = 0; i < ending_count; i++) install(ending[i], end_process, &ending_before[i]);
}

void cel_signals_give_back(cel_editor *editor) {
  (void)editor;
  for (int i = 0; i < told_count; i++) sigaction(told[i], &told_before[i], NULL);
  for (int i = 0; i < ending_count; i++) sigaction(ending[i], &ending_before[i], NULL);
  active = NULL;
}
