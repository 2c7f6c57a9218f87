#pragma once

#include <stdbool.h>
#include <stddef.h>

/// A line editor on a terminal: libedit behind one opaque handle, since its own calls are variadic and take `FILE *`.
///
/// Text is UTF-8 in both directions; bytes that are not become U+FFFD. Except for `cel_wake`, the calls on one editor
/// must not overlap, and those that say so may be made only from within a callback.
typedef struct cel_editor cel_editor;

/// What ended a line.
typedef enum {
  /// Enter: the line is returned.
  CEL_LINE,
  /// Ctrl-C: the line was dropped.
  CEL_INTERRUPTED,
  /// Ctrl-D on an empty line.
  CEL_END,
  /// The terminal is gone.
  CEL_GONE,
  /// The `woken` callback asked to stop.
  CEL_STOPPED,
  /// The key for an editor of the user's own: the line is returned, to be edited there, and is no longer on the screen.
  CEL_EDIT
} cel_outcome;

/// What a key asks of the menu.
typedef enum {
  CEL_MENU_NEXT,
  CEL_MENU_PREVIOUS,
  CEL_MENU_UP,
  CEL_MENU_DOWN,
  CEL_MENU_LEFT,
  CEL_MENU_RIGHT,
  /// Takes what is selected.
  CEL_MENU_TAKE,
  /// Goes back to what was typed.
  CEL_MENU_CANCEL
} cel_menu_step;

/// What the editor asks of its owner, on the thread that reads.
typedef struct {
  /// Passed back as it is.
  void *context;
  /// Tab: may call `cel_replace`, `cel_list` and, where `can_open_menu` is true because it follows one that listed, `cel_open_menu`.
  /// `cursor` is a byte offset into `line`. Returns false to beep.
  bool (*complete)(
      void *context, cel_editor *editor, const char *line, size_t length, size_t cursor, bool can_open_menu);
  /// A key of an open menu: may call `cel_replace` and `cel_show_menu`; without that the menu is closed.
  void (*walk)(void *context, cel_editor *editor, cel_menu_step step);
  /// Before a wait for a key, with the line as it is shown: may call `cel_style` and `cel_hint`.
  void (*decorate)(void *context, cel_editor *editor, const char *line, size_t length, size_t cursor);
  /// After `cel_wake`: may call `cel_print_above`. Returns false to give up the line being read.
  bool (*woken)(void *context, cel_editor *editor);
} cel_callbacks;

/// Opens an editor on a terminal and reads the user's `~/.editrc` for `program`. `NULL` with `errno` set when it
/// cannot, which is `ENOTTY` when either descriptor is not a terminal. The descriptors stay the caller's.
cel_editor *cel_open(const char *program, int in_fd, int out_fd, size_t history_limit, cel_callbacks callbacks);

/// Puts the terminal back and frees the editor.
void cel_close(cel_editor *editor);

/// Reads one line; blocks the calling thread, which should therefore be no thread of a pool. In `prompt` an escape
/// sequence stands between two `\1`, must be followed by a printable character, and so must not come last. The line,
/// without its newline, is valid until the next call.
cel_outcome cel_read_line(
    cel_editor *editor, const char *prompt, size_t prompt_length, const char **line, size_t *length);

/// Lets the next line begin with a text, as if it was pasted. Where the user turned line editing off, the text is printed.
void cel_begin_with(cel_editor *editor, const char *text, size_t length);

/// Has the reading thread call `woken` before its next key. May be called from any thread and from a signal handler.
void cel_wake(cel_editor *editor);

/// Adds the newest entry of the history that the arrow keys and Ctrl-R go through.
void cel_add_history(cel_editor *editor, const char *line, size_t length);

/// Empties the history that the arrow keys and Ctrl-R go through.
void cel_clear_history(cel_editor *editor);

/// Whether input was typed ahead and not yet read, also if it is not a complete line.
bool cel_has_input(cel_editor *editor);

/// Takes the input that was typed ahead, with what follows within so many milliseconds of the last of it. The bytes, which may
/// not be valid UTF-8, are those that the keys sent; they are valid until the next call.
void cel_take_input(cel_editor *editor, int milliseconds, const char **text, size_t *length);

/// Lets the terminal show no key that is typed while no line is read, and give out each at once, until `cel_show_keys`.
void cel_hide_keys(cel_editor *editor);

/// Puts the terminal back after `cel_hide_keys`, of whichever editor. Also at the exit of the process.
void cel_show_keys(void);

/// From `complete` and `walk`: replaces so many bytes before the cursor by a text.
void cel_replace(cel_editor *editor, size_t bytes_before_cursor, const char *text, size_t length);

/// From `complete`: shows whole lines below the line, and the line again below them.
void cel_list(cel_editor *editor, const char *text, size_t length);

/// From `complete`: makes room for a menu in the place of the list that was shown last.
void cel_open_menu(cel_editor *editor);

/// From `complete` and `walk`: shows whole lines below the line, which keys of the menu walk through until another key comes. They
/// may contain graphic renditions.
void cel_show_menu(cel_editor *editor, const char *text, size_t length);

/// How many rows there are below the line on the screen.
int cel_rows_below(const cel_editor *editor);

/// From `decorate`: shows some bytes of the line in a graphic rendition of ECMA-48, such as `1;34`. To be called in the order
/// of the bytes; a rendition of more than 15 characters counts as none.
void cel_style(cel_editor *editor, size_t start, size_t end, const char *rendition);

/// From `decorate`: shows a text dimly after the line, as far as it fits the row, while the cursor stands at the end. One that can
/// be taken is put into the line by Right, End, Ctrl-F and Ctrl-E.
void cel_hint(cel_editor *editor, const char *text, size_t length, bool can_be_taken);

/// From `woken`: shows text above the prompt; a missing last newline is added.
void cel_print_above(cel_editor *editor, const char *text, size_t length);

/// The terminal's size in cells, 24 by 80 when it does not say.
void cel_size(const cel_editor *editor, int *rows, int *columns);

/// Runs `body(context)` on a new thread of its own. Returns 0 or an `errno`.
int cel_start_thread(void (*body)(void *context), void *context);
