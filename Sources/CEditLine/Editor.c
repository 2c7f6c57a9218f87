#include "Editor.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#ifdef __APPLE__
#include <xlocale.h>
#endif

cel_editor *cel_editor_of(EditLine *el) {
  void *editor = NULL;
  el_wget(el, EL_CLIENTDATA, &editor);
  return editor;
}

static wchar_t *prompt_of(EditLine *el) { return cel_editor_of(el)->prompt; }

/// A stream on a copy of the descriptor, so that closing it leaves the caller's open.
static FILE *stream_on(int fd, const char *mode) {
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return NULL;
  FILE *stream = fdopen(copy, mode);
  if (!stream) close(copy);
  return stream;
}

static bool open_pipe(int ends[2]) {
  if (pipe(ends) != 0) {
    ends[0] = ends[1] = -1;
    return false;
  }
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  return true;
}

static bool has_capability(EditLine *el, const char *name) {
  char *sequence = NULL;
  return el_get(el, EL_GETTC, name, &sequence) == 0 && sequence && *sequence;
}

static bool open_libedit(cel_editor *editor, const char *program, size_t history_limit) {
  editor->el = el_init(program, editor->in, editor->out, editor->errors);
  editor->history = history_winit();
  if (!editor->el || !editor->history) return false;
  el_wset(editor->el, EL_CLIENTDATA, editor);
  HistEventW event;
  history_w(editor->history, &event, H_SETSIZE, history_limit < 0x7FFFFFFF ? (int)history_limit : 0x7FFFFFFF);
  history_w(editor->history, &event, H_SETUNIQUE, 1);
  el_wset(editor->el, EL_HIST, history_w, editor->history);
  el_wset(editor->el, EL_PROMPT_ESC, prompt_of, CEL_ESCAPE_MARK);
  el_wset(editor->el, EL_GETCFN, cel_read_key);
  editor->can_move = has_capability(editor->el, "up") && has_capability(editor->el, "cd");
  cel_bind_keys(editor);
  return true;
}

cel_editor *cel_open(const char *program, int in_fd, int out_fd, size_t history_limit, cel_callbacks callbacks) {
  if (!isatty(in_fd) || !isatty(out_fd)) return NULL;
  cel_editor *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->in_fd = in_fd;
  editor->out_fd = out_fd;
  editor->pipe[0] = editor->pipe[1] = -1;
  editor->callbacks = callbacks;
  editor->locale = cel_utf8_locale();
  editor->in = stream_on(in_fd, "r");
  editor->out = stream_on(out_fd, "w");
  // libedit complains about an unknown TERM and about the user's .editrc; neither is a line's business.
  editor->errors = fopen("/dev/null", "we");
  bool opened = false;
  if (editor->locale && editor->in && editor->out && editor->errors && open_pipe(editor->pipe)) {
    locale_t before = uselocale(editor->locale);
    opened = open_libedit(editor, program, history_limit);
    uselocale(before);
  }
  if (!opened) {
    int error = errno ? errno : ENOMEM;
    cel_close(editor);
    errno = error;
    return NULL;
  }
  return editor;
}

void cel_close(cel_editor *editor) {
  if (!editor) return;
  if (editor->el) el_end(editor->el);
  if (editor->history) history_wend(editor->history);
  if (editor->locale) freelocale(editor->locale);
  if (editor->in) fclose(editor->in);
  if (editor->out) fclose(editor->out);
  if (editor->errors) fclose(editor->errors);
  for (int i = 0; i < 2; i++) {
    if (editor->pipe[i] >= 0) close(editor->pipe[i]);
  }
  free(editor->prompt);
  cel_buffer_free(&editor->input);
  cel_buffer_free(&editor->paste);
  cel_buffer_free(&editor->listing);
  cel_buffer_free(&editor->line);
  cel_buffer_free(&editor->parts);
  cel_buffer_free(&editor->hint);
  cel_buffer_free(&editor->begun);
  cel_buffer_free(&editor->menu);
  cel_recall_end(editor);
  cel_undo_end(editor);
  free(editor);
}

cel_outcome cel_read_line(
    cel_editor *editor, const char *prompt, size_t prompt_length, const char **line, size_t *length) {
  locale_t before = uselocale(editor->locale);
  free(editor->prompt);
  editor->prompt = cel_decode_text((const unsigned char *)prompt, prompt_length);
  editor->asked = 0;
  editor->outcome = CEL_LINE;
  editor->seen = 0;
  editor->seen_row = 0;
  editor->spaced = 0;
  editor->last_word = (cel_last_word){0};
  editor->listed_rows = 0;
  editor->shows_menu = false;
  cel_menu_close(editor);
  cel_recall_end(editor);
  cel_undo_end(editor);
  editor->can_take_hint = editor->shows_hint = editor->is_decorated = editor->is_styled = false;
  cel_buffer_clear(&editor->listing);
  cel_buffer_clear(&editor->line);

  cel_signals_take(editor);
  cel_screen_paste_mode(editor, true);
  // libedit draws the prompt first and makes the terminal raw then: a key that comes between would be echoed twice, and a
  // Ctrl-D be lost.
  int edits = 0;
  if (el_get(editor->el, EL_EDITMODE, &edits) == 0 && edits) {
    el_set(editor->el, EL_PREP_TERM, 1);
  } else if (cel_buffer_length(&editor->begun) > 0) {
    cel_screen_write(editor, cel_buffer_front(&editor->begun), cel_buffer_length(&editor->begun));
    cel_buffer_clear(&editor->begun);
  }
  int count = 0;
  const wchar_t *text = el_wgets(editor->el, &count);
  cel_screen_paste_mode(editor, false);
  cel_signals_give_back(editor);

  // Without editing, Ctrl-D is the end of the input; a terminal that is gone does not say how it is set.
  struct termios settings;
  if (!text && editor->outcome == CEL_LINE) {
    editor->outcome = tcgetattr(editor->in_fd, &settings) == 0 ? CEL_END : CEL_GONE;
  }
  // libedit moves on to a new row for its own newline key alone.
  if (editor->outcome != CEL_LINE && editor->outcome != CEL_EDIT) fputs("\r\n", editor->out);
  fflush(editor->out);
  if (editor->outcome == CEL_LINE) {
    size_t size = (size_t)count;
    while (size > 0 && (text[size - 1] == L'\n' || text[size - 1] == L'\r')) size--;
    cel_encode_text(&editor->line, text, size);
  }
  *line = (const char *)cel_buffer_front(&editor->line);
  *length = cel_buffer_length(&editor->line);
  uselocale(before);
  return editor->outcome;
}

void cel_add_history(cel_editor *editor, const char *line, size_t length) {
  wchar_t *text = cel_decode_text((const unsigned char *)line, length);
  if (!text) return;
  HistEventW event;
  history_w(editor->history, &event, H_ENTER, text);
  free(text);
}

void cel_clear_history(cel_editor *editor) {
  HistEventW event;
  history_w(editor->history, &event, H_CLEAR);
}

void cel_replace(cel_editor *editor, size_t bytes_before_cursor, const char *text, size_t length) {
  const LineInfoW *info = el_wline(editor->el);
  int characters = 0;
  for (const wchar_t *at = info->cursor; at > info->buffer && bytes_before_cursor > 0; characters++) {
    unsigned char bytes[4];
    size_t size = cel_encode(*--at, bytes);
    bytes_before_cursor -= size < bytes_before_cursor ? size : bytes_before_cursor;
  }
  if (characters) el_wdeletestr(editor->el, characters);
  wchar_t *decoded = cel_decode_text((const unsigned char *)text, length);
  size_t size = decoded ? wcslen(decoded) : 0;
  if (size > 0) el_winsertstr(editor->el, decoded);
  info = el_wline(editor->el);
  editor->spaced = size > 1 && decoded[size - 1] == L' ' ? info->cursor - info->buffer : 0;
  free(decoded);
}

void cel_begin_with(cel_editor *editor, const char *text, size_t length) {
  cel_buffer_clear(&editor->begun);
  cel_buffer_append(&editor->begun, text, length);
}

void cel_list(cel_editor *editor, const char *text, size_t length) {
  cel_buffer_append(&editor->listing, text, length);
}

void cel_style(cel_editor *editor, size_t start, size_t end, const char *rendition) {
  cel_part part = {start, end, ""};
  if (strlen(rendition) >= sizeof part.rendition) return;
  strcpy(part.rendition, rendition);
  cel_buffer_append(&editor->parts, &part, sizeof part);
}

void cel_hint(cel_editor *editor, const char *text, size_t length, bool can_be_taken) {
  cel_buffer_clear(&editor->hint);
  cel_buffer_append(&editor->hint, text, length);
  editor->can_take_hint = can_be_taken;
}

void cel_print_above(cel_editor *editor, const char *text, size_t length) {
  if (!editor->erased) cel_screen_erase(editor);
  editor->erased = true;
  editor->listed_rows = 0;
  cel_screen_write(editor, text, length);
}

void cel_size(const cel_editor *editor, int *rows, int *columns) {
  struct winsize size = {0};
  bool known = ioctl(editor->out_fd, TIOCGWINSZ, &size) == 0;
  *rows = known && size.ws_row > 0 ? size.ws_row : 24;
  // libedit takes a terminal of one column for one of 80.
  *columns = known && size.ws_col > 1 ? size.ws_col : 80;
}

typedef struct {
  void (*body)(void *context);
  void *context;
} cel_thread_start;

static void *run_thread(void *argument) {
  cel_thread_start start = *(cel_thread_start *)argument;
  free(argument);
  start.body(start.context);
  return NULL;
}

int cel_start_thread(void (*body)(void *context), void *context) {
  cel_thread_start *start = malloc(sizeof *start);
  if (!start) return ENOMEM;
  *start = (cel_thread_start){body, context};
  pthread_t thread;
  int error = pthread_create(&thread, NULL, run_thread, start);
  if (error) {
    free(start);
    return error;
  }
  pthread_detach(thread);
  return 0;
}
