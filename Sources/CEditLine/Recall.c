#include "Editor.h"

#include <stdlib.h>
#include <string.h>

/// Replaces the whole line, and leaves the cursor at its end.
static void replace_line(EditLine *el, const wchar_t *text) {
  const LineInfoW *info = el_wline(el);
  el_cursor(el, (int)(info->lastchar - info->cursor));
  if (info->lastchar > info->buffer) el_wdeletestr(el, (int)(info->lastchar - info->buffer));
  if (*text) el_winsertstr(el, text);
}

static wchar_t *copy_of(const wchar_t *text, size_t length) {
  wchar_t *copy = calloc(length + 1, sizeof *copy);
  if (copy) wmemcpy(copy, text, length);
  return copy;
}

static bool is_line(const LineInfoW *info, const wchar_t *text) {
  size_t length = (size_t)(info->lastchar - info->buffer);
  return text && wcslen(text) == length && wmemcmp(text, info->buffer, length) == 0;
}

/// Begins a search for lines like the one that was typed, unless the line is what the last one found.
static void begin(cel_editor *editor, const LineInfoW *info) {
  cel_recall *recall = &editor->recall;
  if (recall->begun && is_line(info, recall->shown)) return;
  cel_recall_end(editor);
  recall->begun = copy_of(info->buffer, (size_t)(info->lastchar - info->buffer));
  recall->prefix = (size_t)(info->cursor - info->buffer);
}

/// The text of an entry of the history, of which the newest is the first, without its line end; `NULL` if there is none.
static const wchar_t *entry_at(cel_editor *editor, long place, size_t *length) {
  HistEventW event;
  if (history_w(editor->history, &event, H_FIRST) != 0) return NULL;
  for (long at = 1; at < place; at++) {
    if (history_w(editor->history, &event, H_NEXT) != 0) return NULL;
  }
  *length = wcslen(event.str);
  while (*length > 0 && event.str[*length - 1] == L'\n') --*length;
  return event.str;
}

static unsigned char show_entry(cel_editor *editor, long place, const wchar_t *text, size_t length) {
  cel_recall *recall = &editor->recall;
  wchar_t *shown = copy_of(text, length);
  if (!shown) return CC_ERROR;
  free(recall->shown);
  recall->shown = shown;
  recall->place = place;
  replace_line(editor->el, shown);
  return CC_REFRESH;
}

/// Goes on from the shown entry, to older ones or back to newer ones.
static unsigned char recall(EditLine *el, long step) {
  cel_editor *editor = cel_editor_of(el);
  const LineInfoW *info = el_wline(el);
  begin(editor, info);
  cel_recall *recall = &editor->recall;
  if (!recall->begun) return CC_ERROR;
  for (long place = recall->place + step; place >= 0; place += step) {
    size_t length = 0;
    // The line that was begun comes before the newest.
    if (place == 0) return show_entry(editor, 0, recall->begun, wcslen(recall->begun));
    const wchar_t *text = entry_at(editor, place, &length);
    if (!text) return CC_ERROR;
    bool begins_so = length >= recall->prefix && wmemcmp(text, recall->begun, recall->prefix) == 0;
    bool is_same = length == (size_t)(info->lastchar - info->buffer) && wmemcmp(text, info->buffer, length) == 0;
    if (begins_so && !is_same) return show_entry(editor, place, text, length);
  }
  return CC_ERROR;
}

unsigned char cel_recall_older(EditLine *el, int key) {
  (void)key;
  return recall(el, 1);
}

unsigned char cel_recall_newer(EditLine *el, int key) {
  (void)key;
  return recall(el, -1);
}

void cel_recall_end(cel_editor *editor) {
  free(editor->recall.begun);
  free(editor->recall.shown);
  editor->recall = (cel_recall){0};
}
