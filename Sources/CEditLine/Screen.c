#include "Editor.h"

#include <string.h>
#include <wctype.h>

/// A place on the screen, counted from where the prompt begins.
typedef struct {
  int row, column;
} cel_place;

/// Moves a place on by a cell of that width, which never begins where it does not fit.
static void advance(cel_place *place, int width, int columns) {
  if (place->column + width > columns) *place = (cel_place){place->row + 1, 0};
  place->column += width;
  if (place->column >= columns) *place = (cel_place){place->row + 1, 0};
}

/// Moves a place on by a character as libedit draws it.
static void pass(cel_place *place, wchar_t character, int columns) {
  if (character == L'\n') {
    *place = (cel_place){place->row + 1, 0};
  } else if (character == L'\t') {
    do advance(place, 1, columns);
    while (place->column & 7);
  } else if (iswprint((wint_t)character)) {
    int width = wcwidth(character);
    if (width > 0) advance(place, width, columns);
  } else {
    // `^X`, or `\U+` and the hexadecimal number.
    int count = character < 0x100 ? 2 : character > 0xFFFF ? 8 : 7;
    while (count-- > 0) advance(place, 1, columns);
  }
}

/// Where a place in the edited text stands; there is no call for it.
static cel_place place_of(const cel_editor *editor, const wchar_t *until) {
  int rows, columns;
  cel_size(editor, &rows, &columns);
  cel_place place = {0, 0};
  bool in_escape = false;
  for (const wchar_t *at = editor->prompt; at && *at; at++) {
    if (*at == CEL_ESCAPE_MARK) {
      in_escape = !in_escape;
    } else if (!in_escape) {
      pass(&place, *at, columns);
    }
  }
  for (const wchar_t *at = el_wline(editor->el)->buffer; at < until; at++) pass(&place, *at, columns);
  return place;
}

static bool is_editing(const cel_editor *editor) {
  int enabled = 0;
  return editor->can_move && el_get(editor->el, EL_EDITMODE, &enabled) == 0 && enabled;
}

void cel_screen_leave(cel_editor *editor, const char *mark) {
  if (is_editing(editor)) {
    const LineInfoW *info = el_wline(editor->el);
    cel_place cursor = place_of(editor, info->cursor), end = place_of(editor, info->lastchar);
    if (end.row > cursor.row) fprintf(editor->out, "\033[%dB", end.row - cursor.row);
    fputc('\r', editor->out);
    if (end.column > 0) fprintf(editor->out, "\033[%dC", end.column);
  }
  fputs(mark, editor->out);
  fflush(editor->out);
}

void cel_screen_erase(cel_editor *editor) {
  if (is_editing(editor)) {
    int row = place_of(editor, el_wline(editor->el)->cursor).row, rows, columns;
    cel_size(editor, &rows, &columns);
    if (row > rows - 1) row = rows - 1;
    fputc('\r', editor->out);
    if (row > 0) fprintf(editor->out, "\033[%dA", row);
    fputs("\033[J", editor->out);
  } else {
    fputs("\r\n", editor->out);
  }
  fflush(editor->out);
}

void cel_screen_draw(cel_editor *editor) {
  el_set(editor->el, EL_REFRESH);
  fflush(editor->out);
}

/// FNV-1a over the characters.
static uint64_t fingerprint(const LineInfoW *info) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (const wchar_t *at = info->buffer; at < info->lastchar; at++) hash = (hash ^ (uint64_t)*at) * 0x100000001B3u;
  return hash;
}

void cel_screen_repair(cel_editor *editor) {
  if (!is_editing(editor)) return;
  const LineInfoW *info = el_wline(editor->el);
  uint64_t now = fingerprint(info);
  if (now == editor->seen) return;
  editor->seen = now;
  if (place_of(editor, info->cursor).row == place_of(editor, info->lastchar).row) return;
  cel_screen_erase(editor);
  cel_screen_draw(editor);
}

void cel_screen_resize(cel_editor *editor) {
  // Terminals wrap what they show anew for the new width, so the rows are counted with that.
  cel_screen_erase(editor);
  el_resize(editor->el);
  cel_screen_draw(editor);
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
