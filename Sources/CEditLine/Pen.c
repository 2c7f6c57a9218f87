#include "Editor.h"

#include <wctype.h>

void cel_pen_put(cel_pen *pen, wchar_t character, int width) {
  while (pen->column + width > pen->columns) cel_pen_put(pen, L' ', 1);
  if (pen->out) {
    unsigned char bytes[4];
    fwrite(bytes, 1, cel_encode(character, bytes), pen->out);
  }
  pen->column += width;
  // The terminal itself wraps when the next character comes, so that it knows the rows for one line.
  if (pen->column >= pen->columns) pen->row++, pen->column = 0;
}

static void put_ascii(cel_pen *pen, const char *text) {
  for (; *text; text++) cel_pen_put(pen, *text, 1);
}

void cel_pen_show(cel_pen *pen, wchar_t character) {
  if (character == L'\n') {
    if (pen->out) fputs(pen->column == 0 && pen->row > 0 ? " \r\033[K\r\n" : "\033[K\r\n", pen->out);
    pen->row++, pen->column = 0;
  } else if (character == L'\t') {
    do cel_pen_put(pen, L' ', 1);
    while (pen->column & 7);
  } else if (iswprint((wint_t)character)) {
    int width = wcwidth(character);
    if (width >= 0) cel_pen_put(pen, character, width);
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

void cel_pen_show_prompt(cel_pen *pen, const cel_editor *editor) {
  bool in_escape = false;
  for (const wchar_t *at = editor->prompt; at && *at; at++) {
    if (*at == CEL_ESCAPE_MARK) {
      in_escape = !in_escape;
    } else if (!in_escape) {
      cel_pen_show(pen, *at);
    } else if (pen->out) {
      fputc((int)*at, pen->out);
    }
  }
}

cel_pen cel_pen_for(const cel_editor *editor, FILE *out) {
  int rows, columns;
  cel_size(editor, &rows, &columns);
  return (cel_pen){out, columns, 0, 0};
}

cel_pen cel_pen_at(const cel_editor *editor, const wchar_t *until) {
  cel_pen pen = cel_pen_for(editor, NULL);
  cel_pen_show_prompt(&pen, editor);
  const LineInfoW *info = el_wline(editor->el);
  for (const wchar_t *at = info->buffer; at < until; at++) cel_pen_show(&pen, *at);
  // The cursor stands on the next character, which may have gone to the next row.
  if (until < info->lastchar && pen.column + wcwidth(*until) > pen.columns) pen.row++, pen.column = 0;
  return pen;
}

void cel_pen_set_column(cel_editor *editor, int column) {
  fputc('\r', editor->out);
  if (column > 0) fprintf(editor->out, "\033[%dC", column);
}
