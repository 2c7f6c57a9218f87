#include "Editor.h"

#include <stdlib.h>
#include <string.h>

void cel_replace_line(EditLine *el, const wchar_t *text) {
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
  cel_replace_line(editor->el, shown);
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

/// Where the last word of a text begins, as the language cuts words, and its length; 0 if there is none.
static size_t last_word_of(const wchar_t *text, size_t length, size_t *start) {
  size_t begin = 0, end = 0, word = 0;
  wchar_t quote = 0;
  bool is_word = false;
  for (size_t at = 0; at < length; at++) {
    bool ends = !quote && (wcschr(L" \t\r\n;", text[at]) || (text[at] == L',' && (at + 1 == length || text[at + 1] == L' ')));
    if (ends) {
      is_word = false;
      continue;
    }
    if (!is_word) word = at;
    is_word = true;
    if (quote == L'"' && text[at] == L'\\' && at + 1 < length) {
      at++;
    } else if (quote ? text[at] == quote : text[at] == L'"' || text[at] == L'\'') {
      quote = quote ? 0 : text[at];
    }
    begin = word;
    end = at + 1;
  }
  *start = begin;
  return end - begin;
}

unsigned char cel_insert_last_word(EditLine *el, int key) {
  (void)key;
  cel_editor *editor = cel_editor_of(el);
  cel_last_word *last = &editor->last_word;
  const LineInfoW *info = el_wline(el);
  bool goes_on = last->length > 0 && last->seen == cel_screen_fingerprint(info);
  const wchar_t *shown = info->cursor - (goes_on ? last->length : 0);
  for (long place = goes_on ? last->place + 1 : 1;; place++) {
    size_t length = 0, start = 0;
    const wchar_t *text = entry_at(editor, place, &length);
    if (!text) return CC_ERROR;
    size_t size = last_word_of(text, length, &start);
    // The same word again would look as if nothing was found.
    bool is_same = goes_on && size == last->length && wmemcmp(text + start, shown, size) == 0;
    if (size == 0 || is_same) continue;
    wchar_t *word = copy_of(text + start, size);
    if (!word) return CC_ERROR;
    if (goes_on) el_wdeletestr(el, (int)last->length);
    el_winsertstr(el, word);
    free(word);
    *last = (cel_last_word){place, size, cel_screen_fingerprint(el_wline(el))};
    return CC_REFRESH;
  }
}
