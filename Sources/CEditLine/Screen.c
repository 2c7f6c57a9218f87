#include "Editor.h"

#include <string.h>

bool cel_screen_is_editing(const cel_editor *editor) {
  int enabled = 0;
  return editor->can_move && el_get(editor->el, EL_EDITMODE, &enabled) == 0 && enabled;
}

/// Sends the cursor from its place in the text to where the prompt begins.
static void go_to_start(cel_editor *editor) {
  int row = cel_pen_at(editor, el_wline(editor->el)->cursor).row, rows, columns;
  cel_size(editor, &rows, &columns);
  if (row > rows - 1) row = rows - 1;
  fputc('\r', editor->out);
  if (row > 0) fprintf(editor->out, "\033[%dA", row);
}

void cel_screen_leave(cel_editor *editor, const char *mark) {
  if (cel_screen_is_editing(editor)) {
    const LineInfoW *info = el_wline(editor->el);
    cel_pen cursor = cel_pen_at(editor, info->cursor), end = cel_pen_at(editor, info->lastchar);
    if (end.row > cursor.row) fprintf(editor->out, "\033[%dB", end.row - cursor.row);
    cel_pen_set_column(editor, end.column);
  }
  fputs(mark, editor->out);
  fflush(editor->out);
}

void cel_screen_erase(cel_editor *editor) {
  if (cel_screen_is_editing(editor)) {
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
  if (!cel_screen_is_editing(editor) || cel_pen_at(editor, info->lastchar).row >= rows) {
    // libedit shows as much as the screen holds.
    el_set(editor->el, EL_REFRESH);
    return;
  }
  cel_pen pen = cel_pen_for(editor, editor->out);
  cel_pen_show_prompt(&pen, editor);
  for (const wchar_t *at = info->buffer; at < info->lastchar; at++) cel_pen_show(&pen, *at);
  // A full row wraps only with a character in the next.
  if (pen.column == 0 && pen.row > 0) fputs(" \r", editor->out);
  fputs("\033[J", editor->out);
  cel_pen cursor = cel_pen_at(editor, info->cursor);
  if (pen.row > cursor.row) fprintf(editor->out, "\033[%dA", pen.row - cursor.row);
  cel_pen_set_column(editor, cursor.column);
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

void cel_screen_note(cel_editor *editor) {
  const LineInfoW *info = el_wline(editor->el);
  if (editor->seen == cel_screen_fingerprint(info)) return;
  editor->seen = 0;
  int row = cel_pen_at(editor, info->lastchar).row;
  if (row > editor->seen_row) editor->seen_row = row;
}

void cel_screen_repair(cel_editor *editor) {
  if (!cel_screen_is_editing(editor)) return;
  const LineInfoW *info = el_wline(editor->el);
  uint64_t seen = cel_screen_fingerprint(info);
  int row = cel_pen_at(editor, info->lastchar).row, rows, columns;
  cel_size(editor, &rows, &columns);
  if (seen != editor->seen && (row > 0 || editor->seen_row > 0 || has_wide(info)) && row < rows) {
    go_to_start(editor);
    cel_screen_draw(editor);
  }
  editor->seen = seen;
  editor->seen_row = row;
}

int cel_screen_rows(const cel_editor *editor) {
  return cel_pen_at(editor, el_wline(editor->el)->lastchar).row + 1;
}

void cel_screen_move_up(cel_editor *editor, int rows) {
  if (!cel_screen_is_editing(editor)) return;
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
