#include "Editor.h"

#include <string.h>
#include <wctype.h>

/// Goes over prompt and text as libedit lays them out, and writes them when it has a stream.
///
/// There is no call for the cursor's row. And libedit draws some changes wrongly: an insertion in any row of a line but
/// its last, and what it does after moving to or from the second half of a wide character. The layout that it believes
/// in is right, so painting that mends the screen.
typedef struct {
  FILE *out;
  int columns, row, column;
} cel_pen;

/// Puts a character of that width, which never begins where it does not fit.
static void put(cel_pen *pen, wchar_t character, int width) {
  while (pen->column + width > pen->columns) put(pen, L' ', 1);
  if (pen->out) {
    unsigned char bytes[4];
    fwrite(bytes, 1, cel_encode(character, bytes), pen->out);
  }
  pen->column += width;
  // The terminal itself wraps when the next character comes, so that it knows the rows for one line.
  if (pen->column >= pen->columns) pen->row++, pen->column = 0;
}

static void put_ascii(cel_pen *pen, const char *text) {
  for (; *text; text++) put(pen, *text, 1);
}

/// Puts a character as libedit shows it.
static void show(cel_pen *pen, wchar_t character) {
  if (character == L'\n') {
    if (pen->out) fputs(pen->column == 0 && pen->row > 0 ? " \r\033[K\r\n" : "\033[K\r\n", pen->out);
    pen->row++, pen->column = 0;
  } else if (character == L'\t') {
    do put(pen, L' ', 1);
    while (pen->column & 7);
  } else if (iswprint((wint_t)character)) {
    int width = wcwidth(character);
    if (width >= 0) put(pen, character, width);
  } else {
    char form[16];
    if (character < 0x100) {
      snprintf(form, sizeof form, "^%c", character == 0x7F ? '?' : (int)(character | 0100) & 0x7F);
    } else {
      snprintf(form, sizeof form, character > 0xFFFF ? "\\U+%05X" : "\\U+%04X", (unsigned)character);
    }
    put_ascii(pen, form);
  }
}

static void show_prompt(cel_pen *pen, const cel_editor *editor) {
  bool in_escape = false;
  for (const wchar_t *at = editor->prompt; at && *at; at++) {
    if (*at == CEL_ESCAPE_MARK) {
      in_escape = !in_escape;
    } else if (!in_escape) {
      show(pen, *at);
    } else if (pen->out) {
      fputc((int)*at, pen->out);
    }
  }
}

static cel_pen pen_for(const cel_editor *editor, FILE *out) {
  int rows, columns;
  cel_size(editor, &rows, &columns);
  return (cel_pen){out, columns, 0, 0};
}

/// Where a place in the edited text stands, counted from where the prompt begins.
static cel_pen place_of(const cel_editor *editor, const wchar_t *until) {
  cel_pen pen = pen_for(editor, NULL);
  show_prompt(&pen, editor);
  const LineInfoW *info = el_wline(editor->el);
  for (const wchar_t *at = info->buffer; at < until; at++) show(&pen, *at);
  // The cursor stands on the next character, which may have gone to the next row.
  if (until < info->lastchar && pen.column + wcwidth(*until) > pen.columns) pen.row++, pen.column = 0;
  return pen;
}

static bool is_editing(const cel_editor *editor) {
  int enabled = 0;
  return editor->can_move && el_get(editor->el, EL_EDITMODE, &enabled) == 0 && enabled;
}

static void put_cursor_in_column(cel_editor *editor, int column) {
  fputc('\r', editor->out);
  if (column > 0) fprintf(editor->out, "\033[%dC", column);
}

/// Sends the cursor from its place in the text to where the prompt begins.
static void go_to_start(cel_editor *editor) {
  int row = place_of(editor, el_wline(editor->el)->cursor).row, rows, columns;
  cel_size(editor, &rows, &columns);
  if (row > rows - 1) row = rows - 1;
  fputc('\r', editor->out);
  if (row > 0) fprintf(editor->out, "\033[%dA", row);
}

void cel_screen_leave(cel_editor *editor, const char *mark) {
  if (is_editing(editor)) {
    const LineInfoW *info = el_wline(editor->el);
    cel_pen cursor = place_of(editor, info->cursor), end = place_of(editor, info->lastchar);
    if (end.row > cursor.row) fprintf(editor->out, "\033[%dB", end.row - cursor.row);
    put_cursor_in_column(editor, end.column);
  }
  fputs(mark, editor->out);
  fflush(editor->out);
}

void cel_screen_erase(cel_editor *editor) {
  if (is_editing(editor)) {
    go_to_start(editor);
    fputs("\033[J", editor->out);
  } else {
    fputs("\r\n", editor->out);
  }
  fflush(editor->out);
}

void cel_screen_draw(cel_editor *editor) {
  editor->is_decorated = editor->is_styled = false;
  const LineInfoW *info = el_wline(editor->el);
  int rows, columns;
  cel_size(editor, &rows, &columns);
  if (!is_editing(editor) || place_of(editor, info->lastchar).row >= rows) {
    // libedit shows as much as the screen holds.
    el_set(editor->el, EL_REFRESH);
    return;
  }
  cel_pen pen = pen_for(editor, editor->out);
  show_prompt(&pen, editor);
  for (const wchar_t *at = info->buffer; at < info->lastchar; at++) show(&pen, *at);
  // A full row wraps only with a character in the next.
  if (pen.column == 0 && pen.row > 0) fputs(" \r", editor->out);
  fputs("\033[J", editor->out);
  cel_pen cursor = place_of(editor, info->cursor);
  if (pen.row > cursor.row) fprintf(editor->out, "\033[%dA", pen.row - cursor.row);
  put_cursor_in_column(editor, cursor.column);
  fflush(editor->out);
}

// FNV-1a over the characters and the cursor's place.
uint64_t cel_screen_fingerprint(const LineInfoW *info) {
  uint64_t hash = 0xCBF29CE484222325u ^ (uint64_t)(info->cursor - info->buffer);
  for (const wchar_t *at = info->buffer; at < info->lastchar; at++) hash = (hash ^ (uint64_t)*at) * 0x100000001B3u;
  return hash;
}

/// Whether the text has characters that take two columns.
static bool has_wide(const LineInfoW *info) {
  for (const wchar_t *at = info->buffer; at < info->lastchar; at++) {
    if (*at > 0x7F && wcwidth(*at) > 1) return true;
  }
  return false;
}

void cel_screen_repair(cel_editor *editor) {
  if (!is_editing(editor)) return;
  const LineInfoW *info = el_wline(editor->el);
  uint64_t seen = cel_screen_fingerprint(info);
  int row = place_of(editor, info->lastchar).row, rows, columns;
  cel_size(editor, &rows, &columns);
  if (seen != editor->seen && (row > 0 || editor->seen_row > 0 || has_wide(info)) && row < rows) {
    go_to_start(editor);
    cel_screen_draw(editor);
  }
  editor->seen = seen;
  editor->seen_row = row;
}

// libedit shows a search below the line, as `bck:` with what is looked for.
bool cel_screen_is_searching(const LineInfoW *info) {
  const wchar_t *at = info->lastchar;
  while (at > info->buffer && at[-1] != L'\n') at--;
  if (at == info->buffer || info->lastchar - at < 4 || (at[3] != L':' && at[3] != L'?')) return false;
  return wcsncmp(at, L"bck", 3) == 0 || wcsncmp(at, L"fwd", 3) == 0;
}

/// Asks how the line is to look.
static void ask_for_looks(cel_editor *editor, const LineInfoW *info) {
  cel_buffer line = {0};
  cel_encode_text(&line, info->buffer, (size_t)(info->cursor - info->buffer));
  size_t cursor = cel_buffer_length(&line);
  cel_encode_text(&line, info->cursor, (size_t)(info->lastchar - info->cursor));
  editor->callbacks.decorate(
      editor->callbacks.context, editor, (const char *)cel_buffer_front(&line), cel_buffer_length(&line), cursor);
  cel_buffer_free(&line);
}

/// Writes the text again in its styles, from the cursor's place, which is the text's beginning.
static void show_styled(cel_pen *pen, const cel_editor *editor, const LineInfoW *info) {
  const cel_part *part = (const cel_part *)(const void *)cel_buffer_front(&editor->parts);
  const cel_part *end = part + cel_buffer_length(&editor->parts) / sizeof *part;
  const char *rendition = "";
  size_t offset = 0;
  for (const wchar_t *at = info->buffer; at < info->lastchar; at++) {
    while (part < end && part->end <= offset) part++;
    const char *next = part < end && part->start <= offset ? part->rendition : "";
    if (strcmp(next, rendition) != 0) fprintf(pen->out, "\033[0%s%sm", *next ? ";" : "", next);
    rendition = next;
    show(pen, *at);
    unsigned char bytes[4];
    offset += cel_encode(*at, bytes);
  }
  if (*rendition) fputs("\033[0m", pen->out);
  // A full row wraps only with a character in the next.
  if (pen->column == 0 && pen->row > 0 && info->lastchar > info->buffer && info->lastchar[-1] != L'\n') {
    fputs(" \r", pen->out);
  }
}

/// Writes the hint after the text, as far as it fits the row. True if any of it was written.
static bool show_hint(cel_pen *pen, const cel_editor *editor) {
  const unsigned char *bytes = cel_buffer_front(&editor->hint);
  size_t length = cel_buffer_length(&editor->hint), at = 0;
  bool is_shown = false;
  while (at < length) {
    size_t used;
    wchar_t character = cel_decode(bytes + at, length - at, &used);
    int width = iswprint((wint_t)character) ? wcwidth(character) : -1;
    if (used == 0 || width < 0 || pen->column + width >= pen->columns) break;
    if (!is_shown) fputs("\033[2m", pen->out);
    is_shown = true;
    put(pen, character, width);
    at += used;
  }
  if (is_shown) fputs("\033[0m", pen->out);
  return is_shown;
}

void cel_screen_decorate(cel_editor *editor) {
  if (editor->is_decorated || !editor->callbacks.decorate || !is_editing(editor)) return;
  editor->is_decorated = true;
  editor->can_take_hint = false;
  cel_buffer_clear(&editor->parts);
  cel_buffer_clear(&editor->hint);
  const LineInfoW *info = el_wline(editor->el);
  int rows, columns;
  cel_size(editor, &rows, &columns);
  if (cel_screen_is_searching(info) || place_of(editor, info->lastchar).row >= rows) return;
  ask_for_looks(editor, info);
  bool is_styled = cel_buffer_length(&editor->parts) > 0;
  if (info->cursor != info->lastchar || cel_menu_is_open(editor)) cel_buffer_clear(&editor->hint);
  if (cel_buffer_length(&editor->hint) == 0) editor->can_take_hint = false;
  if (!is_styled && !editor->is_styled && cel_buffer_length(&editor->hint) == 0) return;
  editor->is_styled = is_styled;
  cel_pen pen = place_of(editor, info->buffer), cursor = place_of(editor, info->cursor);
  if (cursor.row > pen.row) fprintf(editor->out, "\033[%dA", cursor.row - pen.row);
  put_cursor_in_column(editor, pen.column);
  pen.out = editor->out;
  show_styled(&pen, editor, info);
  editor->shows_hint = show_hint(&pen, editor);
  if (!editor->shows_hint) editor->can_take_hint = false;
  if (pen.row > cursor.row) fprintf(editor->out, "\033[%dA", pen.row - cursor.row);
  put_cursor_in_column(editor, cursor.column);
  fflush(editor->out);
}

/// Sends the cursor from its place in the text to the start of the row below all of it, and says how far that is.
static int go_below(cel_editor *editor) {
  const LineInfoW *info = el_wline(editor->el);
  int below = place_of(editor, info->lastchar).row - place_of(editor, info->cursor).row;
  if (below > 0) fprintf(editor->out, "\033[%dB", below);
  fputs("\r\n", editor->out);
  return below + 1;
}

static void go_back_up(cel_editor *editor, int rows) {
  fprintf(editor->out, "\033[%dA", rows);
  put_cursor_in_column(editor, place_of(editor, el_wline(editor->el)->cursor).column);
  fflush(editor->out);
}

void cel_screen_show_menu(cel_editor *editor) {
  if (!cel_menu_is_open(editor) || editor->shows_menu || !is_editing(editor)) return;
  const char *text = (const char *)cel_buffer_front(&editor->menu), *end = text + cel_buffer_length(&editor->menu);
  int lines = 0;
  for (const char *at = text; at < end; at++) lines += *at == '\n';
  if (lines > cel_rows_below(editor)) return;
  int below = go_below(editor);
  while (text < end) {
    const char *newline = memchr(text, '\n', (size_t)(end - text));
    size_t length = (size_t)((newline ? newline : end) - text);
    fwrite(text, 1, length, editor->out);
    fputs("\033[K", editor->out);
    text += length + 1;
    if (text < end) fputs("\r\n", editor->out);
  }
  editor->shows_menu = true;
  go_back_up(editor, below + lines - 1);
}

static void erase_menu(cel_editor *editor) {
  if (!editor->shows_menu) return;
  editor->shows_menu = false;
  int below = go_below(editor);
  fputs("\033[J", editor->out);
  go_back_up(editor, below);
}

void cel_screen_undecorate(cel_editor *editor) {
  editor->is_decorated = false;
  erase_menu(editor);
  if (!editor->shows_hint) return;
  editor->shows_hint = false;
  // The cursor stands where the hint begins.
  fputs("\033[K", editor->out);
  fflush(editor->out);
}

int cel_screen_rows(const cel_editor *editor) {
  return place_of(editor, el_wline(editor->el)->lastchar).row + 1;
}

void cel_screen_move_up(cel_editor *editor, int rows) {
  if (!is_editing(editor)) return;
  go_to_start(editor);
  fprintf(editor->out, "\033[%dA\033[J", rows);
  cel_screen_draw(editor);
}

void cel_screen_resize(cel_editor *editor) {
  cel_menu_close(editor);
  editor->listed_rows = 0;
  // Terminals wrap their contents again for the new width, so the rows are counted with that.
  cel_screen_erase(editor);
  el_resize(editor->el);
  el_set(editor->el, EL_REFRESH);
  editor->seen = 0;
}

void cel_screen_write(cel_editor *editor, const void *text, size_t length) {
  const char *at = text, *end = at + length;
  while (at < end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t count = (size_t)((newline ? newline : end) - at);
    fwrite(at, 1, count, editor->out);
    fputs("\r\n", editor->out);
    at += count + 1;
  }
  fflush(editor->out);
}

void cel_screen_paste_mode(cel_editor *editor, bool on) {
  if (!editor->can_move) return;
  fputs(on ? "\033[?2004h" : "\033[?2004l", editor->out);
  fflush(editor->out);
}
