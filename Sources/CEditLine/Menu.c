#include "Editor.h"

bool cel_menu_is_open(const cel_editor *editor) { return cel_buffer_length(&editor->menu) > 0; }

void cel_menu_close(cel_editor *editor) { cel_buffer_clear(&editor->menu); }

void cel_open_menu(cel_editor *editor) {
  int rows, columns;
  cel_size(editor, &rows, &columns);
  // What has left the screen stays as it is.
  if (editor->listed_rows > 0 && editor->listed_rows + cel_screen_rows(editor) <= rows) {
    cel_screen_move_up(editor, editor->listed_rows);
  }
}

void cel_show_menu(cel_editor *editor, const char *text, size_t length) {
  cel_buffer_clear(&editor->menu);
  cel_buffer_append(&editor->menu, text, length);
}

int cel_rows_below(const cel_editor *editor) {
  int rows, columns;
  cel_size(editor, &rows, &columns);
  return editor->can_move ? rows - cel_screen_rows(editor) : 0;
}

/// What a key asks of the menu; -1 for a key that is none of its own.
static int step_of(wchar_t key) {
  switch (key) {
  case '\t': return CEL_MENU_NEXT;
  case '\r': case '\n': return CEL_MENU_TAKE;
  case 'G' - '@': case '\033': return CEL_MENU_CANCEL;
  case CEL_KEY_BACK_TAB: return CEL_MENU_PREVIOUS;
  case CEL_KEY_UP: return CEL_MENU_UP;
  case CEL_KEY_DOWN: return CEL_MENU_DOWN;
  case CEL_KEY_LEFT: return CEL_MENU_LEFT;
  case CEL_KEY_RIGHT: return CEL_MENU_RIGHT;
  default: return -1;
  }
}

bool cel_menu_has_key(wchar_t key) { return step_of(key) >= 0; }

bool cel_menu_take_key(cel_editor *editor, wchar_t *key) {
  wchar_t found = *cel_buffer_front(&editor->input);
  if (found == '\033' && cel_buffer_length(&editor->input) > 1) {
    cel_sequence sequence = cel_take_sequence(editor, &found);
    if (sequence == CEL_SEQUENCE_DROPPED && cel_buffer_length(&editor->input) > 0) return cel_menu_take_key(editor, key);
    if (sequence != CEL_SEQUENCE_KEY) return false;
    // Other keys were taken off the input too.
    *key = step_of(found) < 0 ? found : CEL_KEY_MENU + step_of(found);
    return true;
  }
  if (step_of(found) < 0) return false;
  editor->input.start++;
  *key = CEL_KEY_MENU + step_of(found);
  return true;
}

bool cel_menu_is_key(wchar_t key) { return key >= CEL_KEY_MENU && key <= CEL_KEY_MENU + CEL_MENU_CANCEL; }

unsigned char cel_menu_walk(EditLine *el, int key) {
  cel_editor *editor = cel_editor_of(el);
  cel_menu_close(editor);
  editor->callbacks.walk(editor->callbacks.context, editor, (cel_menu_step)(key - CEL_KEY_MENU));
  return CC_REFRESH;
}
