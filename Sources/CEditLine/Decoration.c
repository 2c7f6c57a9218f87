#include "Editor.h"

#include <string.h>
#include <wctype.h>

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
    cel_pen_show(pen, *at);
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
    cel_pen_put(pen, character, width);
    at += used;
  }
  if (is_shown) fputs("\033[0m", pen->out);
  return is_shown;
}

void cel_screen_decorate(cel_editor *editor) {
  if (editor->is_decorated || !editor->callbacks.decorate || !cel_screen_is_editing(editor)) return;
  editor->is_decorated = true;
  editor->can_take_hint = false;
  cel_buffer_clear(&editor->parts);
  cel_buffer_clear(&editor->hint);
  const LineInfoW *info = el_wline(editor->el);
  int rows, columns;
  cel_size(editor, &rows, &columns);
  if (cel_screen_is_searching(info) || cel_pen_at(editor, info->lastchar).row >= rows) return;
  ask_for_looks(editor, info);
  bool is_styled = cel_buffer_length(&editor->parts) > 0;
  if (info->cursor != info->lastchar || cel_menu_is_open(editor)) cel_buffer_clear(&editor->hint);
  if (cel_buffer_length(&editor->hint) == 0) editor->can_take_hint = false;
  if (!is_styled && !editor->is_styled && cel_buffer_length(&editor->hint) == 0) return;
  editor->is_styled = is_styled;
  cel_pen pen = cel_pen_at(editor, info->buffer), cursor = cel_pen_at(editor, info->cursor);
  if (cursor.row > pen.row) fprintf(editor->out, "\033[%dA", cursor.row - pen.row);
  cel_pen_set_column(editor, pen.column);
  pen.out = editor->out;
  show_styled(&pen, editor, info);
  editor->shows_hint = show_hint(&pen, editor);
  if (!editor->shows_hint) editor->can_take_hint = false;
  if (pen.row > cursor.row) fprintf(editor->out, "\033[%dA", pen.row - cursor.row);
  cel_pen_set_column(editor, cursor.column);
  fflush(editor->out);
}

/// Sends the cursor from its place in the text to the start of the row below all of it, and says how far that is.
static int go_below(cel_editor *editor) {
  const LineInfoW *info = el_wline(editor->el);
  int below = cel_pen_at(editor, info->lastchar).row - cel_pen_at(editor, info->cursor).row;
  if (below > 0) fprintf(editor->out, "\033[%dB", below);
  fputs("\r\n", editor->out);
  return below + 1;
}

static void go_back_up(cel_editor *editor, int rows) {
  fprintf(editor->out, "\033[%dA", rows);
  cel_pen_set_column(editor, cel_pen_at(editor, el_wline(editor->el)->cursor).column);
  fflush(editor->out);
}

void cel_screen_show_menu(cel_editor *editor) {
  if (!cel_menu_is_open(editor) || editor->shows_menu || !cel_screen_is_editing(editor)) return;
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
