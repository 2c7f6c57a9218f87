#include "Editor.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>

/// More of what was typed ahead is left where it is.
enum { most_pending = 1 << 20 };

/// Lets the terminal give out what was typed of a line that is not complete yet. False if it does not say how it is set.
static bool stop_waiting_for_lines(cel_editor *editor, struct termios *before) {
  if (tcgetattr(editor->in_fd, before) != 0) return false;
  struct termios now = *before;
  now.c_lflag &= ~(tcflag_t)ICANON;
  now.c_cc[VMIN] = 1;
  now.c_cc[VTIME] = 0;
  return tcsetattr(editor->in_fd, TCSANOW, &now) == 0;
}

bool cel_has_input(cel_editor *editor) {
  if (cel_buffer_length(&editor->input) > 0) return true;
  struct termios before;
  if (!stop_waiting_for_lines(editor, &before)) return false;
  struct pollfd terminal = {editor->in_fd, POLLIN, 0};
  bool found = poll(&terminal, 1, 0) > 0 && (terminal.revents & POLLIN);
  tcsetattr(editor->in_fd, TCSANOW, &before);
  return found;
}

void cel_take_input(cel_editor *editor, int milliseconds, const char **text, size_t *length) {
  struct termios before;
  if (stop_waiting_for_lines(editor, &before)) {
    while (cel_buffer_length(&editor->input) < most_pending && cel_fill(editor, milliseconds)) {
    }
    tcsetattr(editor->in_fd, TCSANOW, &before);
  }
  cel_buffer_clear(&editor->line);
  cel_buffer_append(&editor->line, cel_buffer_front(&editor->input), cel_buffer_length(&editor->input));
  cel_buffer_clear(&editor->input);
  *text = (const char *)cel_buffer_front(&editor->line);
  *length = cel_buffer_length(&editor->line);
}

/// The editor whose terminal shows no keys, and how that was set before.
static _Atomic(cel_editor *) hidden;
static struct termios shown;

void cel_show_keys(void) {
  cel_editor *editor = atomic_exchange(&hidden, NULL);
  if (editor) tcsetattr(editor->in_fd, TCSANOW, &shown);
}

void cel_hide_keys(cel_editor *editor) {
  static atomic_bool registered;
  struct termios before;
  if (atomic_load(&hidden) || !stop_waiting_for_lines(editor, &before)) return;
  struct termios now = before;
  now.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  shown = before;
  atomic_store(&hidden, editor);
  tcsetattr(editor->in_fd, TCSANOW, &now);
  if (!atomic_exchange(&registered, true)) atexit(cel_show_keys);
}
