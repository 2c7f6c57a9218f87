#include "Editor.h"

#include <stdlib.h>
#include <string.h>
#include <wctype.h>

/// The most steps that are kept, and the most characters of them all.
enum { most_steps = 1000, most_characters = 1 << 20 };

static cel_state state_of(const LineInfoW *info) {
  cel_state state = {NULL, (size_t)(info->lastchar - info->buffer), (size_t)(info->cursor - info->buffer)};
  state.text = calloc(state.length + 1, sizeof *state.text);
  if (state.text) wmemcpy(state.text, info->buffer, state.length);
  return state;
}

static bool is_text_of(const cel_state *state, const LineInfoW *info) {
  size_t length = (size_t)(info->lastchar - info->buffer);
  return state->text && state->length == length && wmemcmp(state->text, info->buffer, length) == 0;
}

/// Whether the line came from a state by a character typed at its cursor.
static bool is_typed(const cel_state *before, const LineInfoW *info) {
  size_t length = (size_t)(info->lastchar - info->buffer), cursor = (size_t)(info->cursor - info->buffer);
  return length == before->length + 1 && cursor == before->cursor + 1
         && wmemcmp(info->buffer, before->text, before->cursor) == 0
         && wmemcmp(info->cursor, before->text + before->cursor, length - cursor) == 0;
}

/// Whether a typed character begins a new word, which is a step of its own.
static bool begins_word(const LineInfoW *info) {
  return !iswspace((wint_t)info->cursor[-1]) && info->cursor - info->buffer > 1 && iswspace((wint_t)info->cursor[-2]);
}

static void drop_oldest(cel_undo *undo) {
  undo->characters -= undo->states[0].length;
  free(undo->states[0].text);
  undo->count--;
  memmove(undo->states, undo->states + 1, undo->count * sizeof *undo->states);
}

/// Keeps a state, which is then the list's; without memory the step can't be undone.
static void push(cel_undo *undo, cel_state state) {
  while (undo->count > 0 && (undo->count >= most_steps || undo->characters + state.length > most_characters)) {
    drop_oldest(undo);
  }
  if (undo->count == undo->capacity) {
    size_t capacity = undo->capacity ? 2 * undo->capacity : 16;
    cel_state *grown = realloc(undo->states, capacity * sizeof *grown);
    if (!grown) {
      free(state.text);
      return;
    }
    undo->states = grown;
    undo->capacity = capacity;
  }
  undo->states[undo->count++] = state;
  undo->characters += state.length;
}

void cel_undo_note(cel_editor *editor) {
  cel_undo *undo = &editor->undo;
  const LineInfoW *info = el_wline(editor->el);
  // What is searched for stands in the line, and what a menu shows is a step when one of it is taken.
  if (cel_screen_is_searching(info) || cel_menu_is_open(editor)) return;
  if (!undo->now.text) return cel_undo_begin(editor);
  if (is_text_of(&undo->now, info)) {
    size_t cursor = (size_t)(info->cursor - info->buffer);
    if (cursor != undo->now.cursor) undo->is_typing = false;
    undo->now.cursor = cursor;
    return;
  }
  bool was_typing = undo->is_typing;
  undo->is_typing = is_typed(&undo->now, info);
  if (was_typing && undo->is_typing && !begins_word(info)) {
    free(undo->now.text);
  } else {
    push(undo, undo->now);
  }
  undo->now = state_of(info);
}

void cel_undo_begin(cel_editor *editor) {
  cel_undo_end(editor);
  editor->undo.now = state_of(el_wline(editor->el));
}

void cel_undo_end(cel_editor *editor) {
  cel_undo *undo = &editor->undo;
  for (size_t i = 0; i < undo->count; i++) free(undo->states[i].text);
  free(undo->states);
  free(undo->now.text);
  *undo = (cel_undo){0};
}

unsigned char cel_undo_step(EditLine *el, int key) {
  (void)key;
  cel_editor *editor = cel_editor_of(el);
  cel_undo *undo = &editor->undo;
  if (undo->count == 0) return CC_ERROR;
  cel_state state = undo->states[--undo->count];
  undo->characters -= state.length;
  cel_replace_line(el, state.text ? state.text : L"");
  el_cursor(el, (int)state.cursor - (int)state.length);
  free(undo->now.text);
  undo->now = state;
  undo->is_typing = false;
  return CC_REFRESH;
}
