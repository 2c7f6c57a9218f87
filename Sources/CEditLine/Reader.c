#include "Editor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/// How a terminal encloses a paste, and what both marks begin with.
static const char paste_begin[] = "\033[200~", paste_end[] = "\033[201~", paste_mark[] = "\033[20";

/// Milliseconds within which the rest of an escape sequence follows its first byte.
enum { escape_wait = 50 };
/// Milliseconds of silence after which a paste is taken to be over though its end was not marked.
enum { paste_wait = 2000 };

bool cel_fill(cel_editor *editor, int milliseconds) {
  struct pollfd terminal = {editor->in_fd, POLLIN, 0};
  if (poll(&terminal, 1, milliseconds) <= 0) return false;
  unsigned char bytes[4096];
  ssize_t count = read(editor->in_fd, bytes, sizeof bytes);
  return count > 0 && cel_buffer_append(&editor->input, bytes, (size_t)count);
}

/// Whether the input begins with a mark, reading on while it may still become one.
static bool begins_with(cel_editor *editor, const char *mark) {
  for (;;) {
    size_t have = cel_buffer_length(&editor->input), want = strlen(mark);
    size_t common = have < want ? have : want;
    if (memcmp(cel_buffer_front(&editor->input), mark, common) != 0) return false;
    if (have >= want) return true;
    if (!cel_fill(editor, escape_wait)) return false;
  }
}

/// Takes a whole paste off the input at once.
static void take_paste(cel_editor *editor) {
  cel_buffer *input = &editor->input;
  size_t searched = 0, mark = strlen(paste_end);
  for (;;) {
    const unsigned char *front = cel_buffer_front(input);
    size_t length = cel_buffer_length(input);
    const unsigned char *end =
        length - searched < mark ? NULL : memmem(front + searched, length - searched, paste_end, mark);
    if (end) {
      size_t before = (size_t)(end - front);
      cel_buffer_append(&editor->paste, front, before);
      input->start += before + mark;
      return;
    }
    searched = length < mark ? 0 : length - mark + 1;
    if (!cel_fill(editor, paste_wait)) {
      cel_buffer_append(&editor->paste, cel_buffer_front(input), cel_buffer_length(input));
      cel_buffer_clear(input);
      return;
    }
  }
}

/// Whether the next key is a comma or semicolon right after a completed word, where it stands in the place of the space that came
/// with the word.
static bool ends_completed_word(cel_editor *editor) {
  unsigned char next = *cel_buffer_front(&editor->input);
  if (editor->spaced == 0 || (next != ',' && next != ';')) return false;
  const LineInfoW *info = el_wline(editor->el);
  bool follows = info->cursor - info->buffer == editor->spaced && info->cursor[-1] == L' ';
  editor->spaced = 0;
  return follows;
}

/// Takes one character off the input; false when there is no whole one.
static bool take_key(cel_editor *editor, wchar_t *key) {
  if (cel_buffer_length(&editor->begun) > 0) {
    cel_buffer_append(&editor->paste, cel_buffer_front(&editor->begun), cel_buffer_length(&editor->begun));
    cel_buffer_clear(&editor->begun);
    *key = CEL_KEY_BEGIN;
    return true;
  }
  while (cel_buffer_length(&editor->input) > 0) {
    if (*cel_buffer_front(&editor->input) == '\033' && begins_with(editor, paste_mark)) {
      if (begins_with(editor, paste_end)) {
        editor->input.start += strlen(paste_end);
        continue;
      }
      if (begins_with(editor, paste_begin)) {
        editor->input.start += strlen(paste_begin);
        take_paste(editor);
        if (cel_buffer_length(&editor->paste) == 0) continue;
        *key = CEL_PASTE_KEY;
        return true;
      }
    }
    if (cel_menu_is_open(editor)) {
      if (cel_menu_take_key(editor, key)) return true;
      if (cel_buffer_length(&editor->input) == 0) continue;
    }
    // The wait for a mark of a paste was for the rest of any sequence.
    if (*cel_buffer_front(&editor->input) == '\033' && cel_buffer_length(&editor->input) > 1) {
      switch (cel_take_sequence(editor, key)) {
      case CEL_SEQUENCE_KEY: return true;
      case CEL_SEQUENCE_DROPPED: continue;
      case CEL_SEQUENCE_NONE: break;
      }
    }
    if (ends_completed_word(editor)) {
      *key = CEL_KEY_UNSPACE;
      return true;
    }
    size_t used;
    *key = cel_decode(cel_buffer_front(&editor->input), cel_buffer_length(&editor->input), &used);
    editor->input.start += used;
    // Ctrl-E and Ctrl-F, which have nowhere to go at the end of the line.
    if (editor->can_take_hint && (*key == 5 || *key == 6)) *key = CEL_KEY_TAKE_HINT;
    return used > 0;
  }
  return false;
}

/// Makes the terminal raw again and draws the line, after the program was stopped or another process had the terminal.
static void resume(cel_editor *editor) {
  el_set(editor->el, EL_PREP_TERM, 0);
  el_set(editor->el, EL_PREP_TERM, 1);
  cel_screen_paste_mode(editor, true);
  fputc('\r', editor->out);
  editor->listed_rows = 0;
  el_resize(editor->el);
  cel_screen_draw(editor);
}

static void suspend(cel_editor *editor) {
  cel_screen_leave(editor, "^Z");
  fputs("\r\n", editor->out);
  cel_screen_paste_mode(editor, false);
  el_set(editor->el, EL_PREP_TERM, 0);
  kill(0, SIGTSTP);
  // The signal stops the process some time after `kill` returns; a terminal made raw before that would stay so in the
  // shell.
  struct pollfd sources[2] = {{editor->pipe[0], POLLIN, 0}, {editor->in_fd, POLLIN, 0}};
  while (poll(sources, 2, -1) < 0 && errno == EINTR) {
  }
  if (!sources[0].revents) resume(editor);
}

static void show_listing(cel_editor *editor) {
  editor->listed_rows = cel_screen_rows(editor);
  const unsigned char *text = cel_buffer_front(&editor->listing);
  for (size_t i = 0; i < cel_buffer_length(&editor->listing); i++) editor->listed_rows += text[i] == '\n';
  cel_screen_leave(editor, "");
  fputs("\r\n", editor->out);
  cel_screen_write(editor, text, cel_buffer_length(&editor->listing));
  cel_buffer_clear(&editor->listing);
  cel_screen_draw(editor);
}

/// Does what signals and other threads asked for. Gives a key to return, 0 for none, and -1 when the line is to be
/// given up.
static int handle_pipe(cel_editor *editor) {
  unsigned seen = 0;
  char messages[64];
  ssize_t count;
  while ((count = read(editor->pipe[0], messages, sizeof messages)) > 0) {
    for (ssize_t i = 0; i < count; i++) seen |= 1u << (messages[i] - 'a');
  }
#define WAS_TOLD(message) (seen & 1u << ((message) - 'a'))
  if (WAS_TOLD(CEL_CONTINUED)) resume(editor);
  if (WAS_TOLD(CEL_RESIZED)) cel_screen_resize(editor);
  if (WAS_TOLD(CEL_WOKEN)) {
    editor->erased = false;
    bool go_on = editor->callbacks.woken(editor->callbacks.context, editor);
    if (editor->erased && go_on) cel_screen_draw(editor);
    if (!go_on) {
      if (!editor->erased) cel_screen_leave(editor, "");
      editor->outcome = CEL_STOPPED;
      return -1;
    }
  }
  return WAS_TOLD(CEL_INTERRUPT) ? 'C' - '@' : 0;
#undef WAS_TOLD
}

int cel_read_key(EditLine *el, wchar_t *key) {
  cel_editor *editor = cel_editor_of(el);
  for (;;) {
    if (editor->asked & CEL_ASKED_SUSPEND) {
      editor->asked &= ~(unsigned)CEL_ASKED_SUSPEND;
      suspend(editor);
    }
    if (cel_buffer_length(&editor->listing) > 0) show_listing(editor);
    cel_undo_note(editor);
    cel_screen_note(editor);
    if (take_key(editor, key)) {
      editor->can_take_hint = false;
      if (*key != '\t') editor->listed_rows = 0;
      if (!cel_menu_is_key(*key)) cel_menu_close(editor);
      return 1;
    }

    struct pollfd sources[2] = {{editor->in_fd, POLLIN, 0}, {editor->pipe[0], POLLIN, 0}};
    int ready = poll(sources, 2, 0);
    if (ready == 0) {
      cel_screen_repair(editor);
      cel_screen_decorate(editor);
      cel_screen_show_menu(editor);
      ready = poll(sources, 2, -1);
      if (ready > 0) cel_screen_undecorate(editor);
    }
    if (ready < 0) {
      if (errno == EINTR) continue;
      return -1;
    }
    if (sources[1].revents) {
      int given = handle_pipe(editor);
      if (given < 0) return 0;
      if (given > 0) {
        *key = given;
        return 1;
      }
      continue;
    }
    if (sources[0].revents && !cel_fill(editor, 0)) return 0;
  }
}
