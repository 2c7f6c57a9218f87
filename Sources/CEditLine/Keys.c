#include "Editor.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_empty(const LineInfoW *info) { return info->buffer == info->lastchar; }

static unsigned char complete(EditLine *el, int key) {
  (void)key;
  cel_editor *editor = cel_editor_of(el);
  const LineInfoW *info = el_wline(el);
  cel_buffer line = {0};
  cel_encode_text(&line, info->buffer, (size_t)(info->cursor - info->buffer));
  size_t cursor = cel_buffer_length(&line);
  cel_encode_text(&line, info->cursor, (size_t)(info->lastchar - info->cursor));
  bool found = editor->callbacks.complete(
      editor->callbacks.context, editor, (const char *)cel_buffer_front(&line), cel_buffer_length(&line), cursor,
      editor->listed_rows > 0);
  cel_buffer_free(&line);
  return found ? CC_REFRESH : CC_ERROR;
}

/// Ctrl-X Ctrl-E: hands the line over, to be edited elsewhere.
static unsigned char hand_over(EditLine *el, int key) {
  (void)key;
  cel_editor *editor = cel_editor_of(el);
  const LineInfoW *info = el_wline(el);
  cel_buffer_clear(&editor->line);
  cel_encode_text(&editor->line, info->buffer, (size_t)(info->lastchar - info->buffer));
  cel_screen_erase(editor);
  editor->outcome = CEL_EDIT;
  return CC_EOF;
}

/// Ctrl-C: drops the line.
static unsigned char interrupt(EditLine *el, int key) {
  (void)key;
  cel_editor *editor = cel_editor_of(el);
  cel_screen_leave(editor, "^C");
  editor->outcome = CEL_INTERRUPTED;
  return CC_EOF;
}

/// Ctrl-D: the end on an empty line, else deletes the character under the cursor.
static unsigned char end_or_delete(EditLine *el, int key) {
  (void)key;
  const LineInfoW *info = el_wline(el);
  if (is_empty(info)) {
    cel_editor_of(el)->outcome = CEL_END;
    return CC_EOF;
  }
  if (info->cursor == info->lastchar) return CC_ERROR;
  el_cursor(el, 1);
  el_wdeletestr(el, 1);
  return CC_REFRESH;
}

/// Ctrl-Z. In the session leader's group the process could not be resumed, and the system ignores the signal.
static unsigned char suspend(EditLine *el, int key) {
  (void)key;
  if (getsid(0) == getpgrp()) return CC_ERROR;
  cel_editor_of(el)->asked |= CEL_ASKED_SUSPEND;
  return CC_NORM;
}

/// Ctrl-backslash: dies as any program does, after the handler put the terminal back.
static unsigned char quit(EditLine *el, int key) {
  (void)el, (void)key;
  // Not `raise`: a thread started from one of a pool has its signals blocked.
  kill(getpid(), SIGQUIT);
  return CC_NORM;
}

/// Inserts what was pasted as it is, tabs and line ends too: it runs when Enter is pressed. Line ends at its end are left out.
static unsigned char insert_paste(EditLine *el, int key) {
  (void)key;
  cel_editor *editor = cel_editor_of(el);
  wchar_t *text = cel_decode_text(cel_buffer_front(&editor->paste), cel_buffer_length(&editor->paste));
  cel_buffer_clear(&editor->paste);
  if (!text) return CC_ERROR;
  wchar_t *end = text;
  for (const wchar_t *at = text; *at; at++) {
    if (*at == L'\r' && at[1] == L'\n') continue;
    *end++ = *at == L'\r' ? L'\n' : *at;
  }
  while (end > text && end[-1] == L'\n') end--;
  *end = 0;
  if (*text) el_winsertstr(el, text);
  free(text);
  return CC_REFRESH;
}

/// Puts in what the line begins with. Undoing ends there.
static unsigned char begin_line(EditLine *el, int key) {
  unsigned char result = insert_paste(el, key);
  cel_undo_begin(cel_editor_of(el));
  return result;
}

/// Puts the hint into the line.
static unsigned char take_hint(EditLine *el, int key) {
  (void)key;
  cel_editor *editor = cel_editor_of(el);
  wchar_t *text = cel_decode_text(cel_buffer_front(&editor->hint), cel_buffer_length(&editor->hint));
  if (text && *text) el_winsertstr(el, text);
  free(text);
  return CC_REFRESH;
}

/// What libedit prints of a binding, in new memory; `NULL` without memory. It is empty for a sequence that is not bound.
static char *binding_in(cel_editor *editor, bool is_command_map, const wchar_t *keys) {
  char *text = NULL;
  size_t size = 0;
  FILE *memory = open_memstream(&text, &size);
  if (!memory) return NULL;
  el_set(editor->el, EL_SETFP, 1, memory);
  if (is_command_map) {
    el_wset(editor->el, EL_BIND, L"-a", keys, NULL);
  } else {
    el_wset(editor->el, EL_BIND, keys, NULL);
  }
  el_set(editor->el, EL_SETFP, 1, editor->out);
  fclose(memory);
  return text;
}

static char *binding_of(cel_editor *editor, const wchar_t *keys) { return binding_in(editor, false, keys); }

bool cel_is_bound(cel_editor *editor, const wchar_t *keys) {
  char *text = binding_of(editor, keys);
  bool found = text && *text;
  free(text);
  return found;
}

bool cel_is_bound_to(cel_editor *editor, const wchar_t *keys, const char *function) {
  char *text = binding_of(editor, keys);
  bool found = text && strstr(text, function);
  free(text);
  return found;
}

bool cel_is_vi(cel_editor *editor) {
  const char *name = NULL;
  return el_get(editor->el, EL_EDITOR, &name) == 0 && name && strcmp(name, "vi") == 0;
}

/// Whether a key still does what libedit has it do from the start, so that a user's own choice stands.
static bool has_default(cel_editor *editor, const wchar_t *key) {
  static const char *const defaults[] = {"ed-insert", "ed-unassigned", "ed-redisplay", "ed-ignore"};
  char *text = binding_of(editor, key);
  bool found = false;
  for (size_t i = 0; text && i < sizeof defaults / sizeof *defaults; i++) found = found || strstr(text, defaults[i]);
  free(text);
  return found;
}

/// Whether a key may begin a sequence of ours.
static bool may_lead(cel_editor *editor, const wchar_t *key) {
  return has_default(editor, key) || cel_is_bound_to(editor, key, "ed-sequence-lead-in");
}

static void bind_key(cel_editor *editor, const wchar_t *key, const wchar_t *function) {
  el_wset(editor->el, EL_BIND, key, function, NULL);
  // In vi mode this is the map of its command mode; in emacs mode it is unused.
  el_wset(editor->el, EL_BIND, L"-a", key, function, NULL);
}

/// Whether `v` in vi's command mode still starts vi with all that the environment holds.
static bool starts_vi(cel_editor *editor) {
  char *text = binding_in(editor, true, L"v");
  bool found = text && strstr(text, "vi-histedit");
  free(text);
  return found;
}

/// Takes away the keys that open libedit's own command line, which has no part in ours: Alt-X, and `:` in vi's command mode.
static void unbind_commands(cel_editor *editor) {
  static const wchar_t *const keys[] = {L"\x1BX", L"\x1B" L"x", L"\xD8", L"\xF8"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    if (cel_is_bound_to(editor, keys[i], "ed-command")) {
      el_wset(editor->el, EL_BIND, keys[i], L"ed-unassigned", NULL);
    }
  }
  char *text = cel_is_vi(editor) ? binding_in(editor, true, L":") : NULL;
  if (text && strstr(text, "ed-command")) el_wset(editor->el, EL_BIND, L"-a", L":", L"ed-unassigned", NULL);
  free(text);
}

/// The keys that most programs use for what libedit has no function for.
static void bind_sequences(cel_editor *editor) {
  if (has_default(editor, L"\x1F")) bind_key(editor, L"\x1F", L"wh-undo");
  if (may_lead(editor, L"\x18")) {
    if (!cel_is_bound(editor, L"\x18\x15")) bind_key(editor, L"\x18\x15", L"wh-undo");
    if (!cel_is_bound(editor, L"\x18\x05")) bind_key(editor, L"\x18\x05", L"wh-edit");
  }
  if (cel_is_vi(editor)) {
    if (starts_vi(editor)) el_wset(editor->el, EL_BIND, L"-a", L"v", L"wh-edit", NULL);
  } else if (!cel_is_bound(editor, L"\x1B.")) {
    el_wset(editor->el, EL_BIND, L"\x1B.", L"wh-last-word", NULL);
  }
}

void cel_bind_keys(cel_editor *editor) {
  static const struct {
    wchar_t key[2];
    const wchar_t *function;
  } own_keys[] = {
      {{CEL_PASTE_KEY}, L"wh-insert-paste"},     {{CEL_KEY_UP}, L"wh-recall-older"},
      {{CEL_KEY_DOWN}, L"wh-recall-newer"},      {{CEL_KEY_LEFT}, L"ed-prev-char"},
      {{CEL_KEY_RIGHT}, L"ed-next-char"},        {{CEL_KEY_PREVIOUS_WORD}, L"ed-prev-word"},
      {{CEL_KEY_NEXT_WORD}, L"em-next-word"},    {{CEL_KEY_START}, L"ed-move-to-beg"},
      {{CEL_KEY_END}, L"ed-move-to-end"},        {{CEL_KEY_DELETE}, L"ed-delete-next-char"},
      {{CEL_KEY_DELETE_WORD}, L"em-delete-next-word"}, {{CEL_KEY_UNSPACE}, L"ed-delete-prev-char"},
      {{CEL_KEY_TAKE_HINT}, L"wh-take-hint"},    {{CEL_KEY_BEGIN}, L"wh-begin-line"},
  };
  EditLine *el = editor->el;
  el_wset(el, EL_ADDFN, L"wh-complete", L"Complete the word before the cursor", complete);
  el_wset(el, EL_ADDFN, L"wh-interrupt", L"Drop the line", interrupt);
  el_wset(el, EL_ADDFN, L"wh-end-or-delete", L"End the input, or delete the next character", end_or_delete);
  el_wset(el, EL_ADDFN, L"wh-suspend", L"Suspend the program", suspend);
  el_wset(el, EL_ADDFN, L"wh-quit", L"Quit the program", quit);
  el_wset(el, EL_ADDFN, L"wh-take-hint", L"Put the suggestion into the line", take_hint);
  el_wset(el, EL_ADDFN, L"wh-recall-older", L"Go to an older line that begins so", cel_recall_older);
  el_wset(el, EL_ADDFN, L"wh-recall-newer", L"Go to a newer line that begins so", cel_recall_newer);
  el_wset(el, EL_ADDFN, L"wh-insert-paste", L"Insert what was pasted", insert_paste);
  el_wset(el, EL_ADDFN, L"wh-begin-line", L"Insert what the line begins with", begin_line);
  el_wset(el, EL_ADDFN, L"wh-edit", L"Edit the line in an editor", hand_over);
  el_wset(el, EL_ADDFN, L"wh-undo", L"Undo a step of editing", cel_undo_step);
  el_wset(el, EL_ADDFN, L"wh-last-word", L"Insert the last word of an earlier line", cel_insert_last_word);
  el_wset(el, EL_ADDFN, L"wh-menu", L"Walk through a menu", cel_menu_walk);

  // While a line is edited Ctrl-C, Ctrl-Z and Ctrl-backslash arrive as keys, Ctrl-S searches, and a pasted CR LF is one
  // newline.
  el_wset(el, EL_SETTY, L"-d", L"-isig", L"-ixon", L"-icrnl", L"-inlcr", NULL);
  el_wset(el, EL_EDITOR, L"emacs");
  el_source(el, NULL);

  // After the user's file, since its `bind -v` and `bind -e` put every key back to its default.
  bind_key(editor, L"^C", L"wh-interrupt");
  bind_key(editor, L"^D", L"wh-end-or-delete");
  bind_key(editor, L"^Z", L"wh-suspend");
  bind_key(editor, L"\x1C", L"wh-quit");
  for (size_t i = 0; i < sizeof own_keys / sizeof *own_keys; i++) {
    bind_key(editor, own_keys[i].key, own_keys[i].function);
  }
  for (wchar_t step = CEL_MENU_NEXT; step <= CEL_MENU_CANCEL; step++) {
    const wchar_t key[] = {CEL_KEY_MENU + step, 0};
    bind_key(editor, key, L"wh-menu");
  }
  bind_sequences(editor);
  unbind_commands(editor);
  // As Up and Down, unless the user has another use for them.
  if (cel_is_bound_to(editor, L"^P", "ed-prev-history")) el_wset(el, EL_BIND, L"^P", L"wh-recall-older", NULL);
  if (cel_is_bound_to(editor, L"^N", "ed-next-history")) el_wset(el, EL_BIND, L"^N", L"wh-recall-newer", NULL);
  if (has_default(editor, L"^I")) el_wset(el, EL_BIND, L"^I", L"wh-complete", NULL);
  if (has_default(editor, L"^R")) el_wset(el, EL_BIND, L"^R", L"em-inc-search-prev", NULL);
  if (has_default(editor, L"^L")) el_wset(el, EL_BIND, L"^L", L"ed-clear-screen", NULL);
  if (has_default(editor, L"^S")) el_wset(el, EL_BIND, L"^S", L"em-inc-search-next", NULL);
}
