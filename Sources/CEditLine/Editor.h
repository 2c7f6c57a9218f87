#pragma once

// For wcwidth, memmem and locales of a thread; this header comes first in every file.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CEditLine.h"

#include <histedit.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

/// A growing run of bytes that is taken from at its front.
typedef struct {
  unsigned char *bytes;
  size_t start, end, capacity;
} cel_buffer;

/// What a bound key asks of the reader, done between two keys so that libedit is not in the middle of anything.
enum { CEL_ASKED_SUSPEND = 1 };

/// What the self-pipe carries: why the reader is to look up from the terminal.
enum { CEL_WOKEN = 'w', CEL_RESIZED = 'r', CEL_CONTINUED = 'c', CEL_INTERRUPT = 'i' };

/// Keys that no keyboard sends, since C1 control characters in the input become U+FFFD. Each is bound to a function: the first
/// to the one that inserts a paste, the others to what the keys are for that libedit does not know.
enum {
  CEL_PASTE_KEY = 0x80,
  CEL_KEY_UP,
  CEL_KEY_DOWN,
  CEL_KEY_LEFT,
  CEL_KEY_RIGHT,
  CEL_KEY_PREVIOUS_WORD,
  CEL_KEY_NEXT_WORD,
  CEL_KEY_START,
  CEL_KEY_END,
  CEL_KEY_DELETE,
  CEL_KEY_DELETE_WORD,
  CEL_KEY_UNSPACE,
  CEL_KEY_TAKE_HINT,
  /// What a line begins with, which is inserted as a paste is.
  CEL_KEY_BEGIN,
  /// Shift-Tab, which means something in a menu alone.
  CEL_KEY_BACK_TAB,
  /// The keys of a menu, in the order of `cel_menu_step`.
  CEL_KEY_MENU
};

/// Some bytes of the line in a look of their own.
typedef struct {
  size_t start, end;
  char rendition[16];
} cel_part;

/// A search of the history for lines that begin like the one that was typed.
typedef struct {
  /// The line that was typed, and the entry that is in its place; `NULL` where there is none.
  wchar_t *begun, *shown;
  /// How many characters of it an entry must begin with.
  size_t prefix;
  /// Which entry is shown, counted from the newest as 1; 0 is the line that was typed.
  long place;
} cel_recall;

/// A line as it was, with its cursor.
typedef struct {
  wchar_t *text;
  size_t length, cursor;
} cel_state;

/// The lines that undoing goes back to.
typedef struct {
  /// Oldest first, of so many, and how many characters they have.
  cel_state *states;
  size_t count, capacity, characters;
  /// The line as it was when the last key came.
  cel_state now;
  /// Whether the last change was a character typed at the cursor, which the next one continues.
  bool is_typing;
} cel_undo;

/// The last word of an earlier line that was put in.
typedef struct {
  /// Which entry it is of, counted from the newest as 1, how many characters it has, and what the line was then.
  long place;
  size_t length;
  uint64_t seen;
} cel_last_word;

/// The character that encloses escape sequences in a prompt.
#define CEL_ESCAPE_MARK L'\1'

struct cel_editor {
  EditLine *el;
  HistoryW *history;
  locale_t locale;
  FILE *in, *out, *errors;
  int in_fd, out_fd, pipe[2];
  cel_callbacks callbacks;
  /// Whether the terminal can move the cursor up and erase; else output only goes on downwards.
  bool can_move;
  wchar_t *prompt;
  cel_buffer input, paste, listing, line;
  /// What the next line begins with, and the rows of the menu, each with a newline.
  cel_buffer begun, menu;
  /// How the line is to look: `cel_part` after `cel_part`, and the text after its end.
  cel_buffer parts, hint;
  /// Whether the hint can be taken by the next key, whether it is on the screen, whether the line is decorated as it is now, and
  /// whether any of it is styled.
  bool can_take_hint, shows_hint, is_decorated, is_styled;
  cel_recall recall;
  cel_undo undo;
  cel_last_word last_word;
  /// Whether the menu is on the screen.
  bool shows_menu;
  /// How many rows the list above the line takes, with the line above it; 0 unless it was listed by the last key.
  int listed_rows;
  unsigned asked;
  cel_outcome outcome;
  /// Where the cursor stands, counted in characters, right after a space that a completion has put in; 0 where it does not.
  long spaced;
  /// Whether the line was erased from the screen to print above it.
  bool erased;
  /// What the line was when the reader last waited, to see that it was changed since, and the row it ended in.
  uint64_t seen;
  int seen_row;
};

/// The editor that libedit calls back for.
cel_editor *cel_editor_of(EditLine *el);

// Buffer.c
/// Appends bytes; false without memory.
bool cel_buffer_append(cel_buffer *buffer, const void *bytes, size_t length);
void cel_buffer_clear(cel_buffer *buffer);
void cel_buffer_free(cel_buffer *buffer);
static inline size_t cel_buffer_length(const cel_buffer *buffer) { return buffer->end - buffer->start; }
static inline const unsigned char *cel_buffer_front(const cel_buffer *buffer) { return buffer->bytes + buffer->start; }

// Unicode.c
/// Decodes one scalar and says how many bytes it took, 0 when they end within a sequence. Invalid UTF-8, and C1
/// control characters, give U+FFFD.
wchar_t cel_decode(const unsigned char *bytes, size_t length, size_t *used);
/// Encodes one scalar into at most 4 bytes and returns how many.
size_t cel_encode(wchar_t scalar, unsigned char *bytes);
/// Decodes a whole text into new memory that ends in a NUL; NUL characters in it become U+FFFD.
wchar_t *cel_decode_text(const unsigned char *bytes, size_t length);
/// Encodes characters at the end of a buffer.
bool cel_encode_text(cel_buffer *buffer, const wchar_t *text, size_t length);
/// The user's locale if its characters are UTF-8, else one whose are: libedit aborts on what its locale cannot encode.
locale_t cel_utf8_locale(void);

// Keys.c
/// Reads the user's `.editrc`, then binds the keys that have a meaning here.
void cel_bind_keys(cel_editor *editor);
/// Whether a key, or a sequence of several characters, is bound to anything.
bool cel_is_bound(cel_editor *editor, const wchar_t *keys);
/// Whether the keys are those of vi.
bool cel_is_vi(cel_editor *editor);

/// Whether a key or a sequence is bound to a function of that name.
bool cel_is_bound_to(cel_editor *editor, const wchar_t *keys, const char *function);

// Recall.c
/// Puts the next older entry of the history, or the next newer one, that begins as the line did before the cursor in its place.
unsigned char cel_recall_older(EditLine *el, int key);
unsigned char cel_recall_newer(EditLine *el, int key);
/// Forgets the search.
void cel_recall_end(cel_editor *editor);
/// Replaces the whole line, and leaves the cursor at its end.
void cel_replace_line(EditLine *el, const wchar_t *text);
/// Puts in the last word of the newest entry of the history; pressed again, that of an older one in its place.
unsigned char cel_insert_last_word(EditLine *el, int key);

// Undo.c
/// Notes what the key before has changed.
void cel_undo_note(cel_editor *editor);
/// Forgets all steps.
void cel_undo_end(cel_editor *editor);
/// Takes the line as it is for what undoing ends at.
void cel_undo_begin(cel_editor *editor);
/// Goes back a step.
unsigned char cel_undo_step(EditLine *el, int key);

// Menu.c
bool cel_menu_is_open(const cel_editor *editor);
void cel_menu_close(cel_editor *editor);
/// Whether a key, as it is typed, means something in a menu.
bool cel_menu_has_key(wchar_t key);
/// Takes a key off the input for an open menu. False for one that is handled as without a menu, and where there is none.
bool cel_menu_take_key(cel_editor *editor, wchar_t *key);
/// Whether a key is one of ours for a menu, which other keys close.
bool cel_menu_is_key(wchar_t key);
/// What the keys of a menu are bound to.
unsigned char cel_menu_walk(EditLine *el, int key);

// Sequences.c
/// What was found at the front of the input.
typedef enum {
  /// No sequence, or one that libedit takes itself.
  CEL_SEQUENCE_NONE,
  /// One that was taken, and stands for a key of ours.
  CEL_SEQUENCE_KEY,
  /// One that was taken, and has no meaning: its characters are no text.
  CEL_SEQUENCE_DROPPED
} cel_sequence;
/// Takes the escape sequence of a key off the input, which begins with ESC. In an open menu those of arrows are always taken.
cel_sequence cel_take_sequence(cel_editor *editor, wchar_t *key);

// Reader.c
/// Reads what the terminal has into the input, waiting this long for it; -1 waits without limit. False if nothing came.
bool cel_fill(cel_editor *editor, int milliseconds);
/// libedit's reader: gives it the next character.
int cel_read_key(EditLine *el, wchar_t *key);

// Pen.c
/// Goes over prompt and text as libedit lays them out, and writes them when it has a stream.
///
/// There is no call for the cursor's row. And libedit draws some changes wrongly: an insertion in any row of a line but
/// its last, and what it does after moving to or from the second half of a wide character. The layout that it believes
/// in is right, so painting that mends the screen.
typedef struct {
  FILE *out;
  int columns, row, column;
} cel_pen;
/// Puts a character of that width, which never begins where it does not fit.
void cel_pen_put(cel_pen *pen, wchar_t character, int width);
/// Puts a character as libedit shows it.
void cel_pen_show(cel_pen *pen, wchar_t character);
void cel_pen_show_prompt(cel_pen *pen, const cel_editor *editor);
/// A pen where the prompt begins.
cel_pen cel_pen_for(const cel_editor *editor, FILE *out);
/// Where a place in the edited text stands, counted from where the prompt begins.
cel_pen cel_pen_at(const cel_editor *editor, const wchar_t *until);
/// Sends the terminal's cursor to a column of its row.
void cel_pen_set_column(cel_editor *editor, int column);

// Decoration.c
/// Whether libedit keeps what is searched for in the line itself.
bool cel_screen_is_searching(const LineInfoW *info);
/// Before a wait for keys: shows the line in its styles, and a hint after it.
void cel_screen_decorate(cel_editor *editor);
/// Before a wait for keys: shows the menu below the line.
void cel_screen_show_menu(cel_editor *editor);
/// Before a key is handled: erases the hint and the menu.
void cel_screen_undecorate(cel_editor *editor);

// Screen.c
/// Whether lines are edited here, on a terminal that can move its cursor.
bool cel_screen_is_editing(const cel_editor *editor);
/// A number for the line with its cursor; another line has another one.
uint64_t cel_screen_fingerprint(const LineInfoW *info);
/// How many rows prompt and text take.
int cel_screen_rows(const cel_editor *editor);
/// Erases some rows above the line too, and draws it where they began.
void cel_screen_move_up(cel_editor *editor, int rows);
/// Sends the cursor to the row below the edited text, with a mark such as `^C` after it.
void cel_screen_leave(cel_editor *editor, const char *mark);
/// Erases prompt and text, and leaves the cursor where they began.
void cel_screen_erase(cel_editor *editor);
/// Draws prompt and text at the cursor.
void cel_screen_draw(cel_editor *editor);
/// Before each key: notes whether the line differs from what was drawn last. Keys that come together may lead back to that line,
/// and libedit has drawn what was between.
void cel_screen_note(cel_editor *editor);
/// Before a wait for keys: draws the line again if it was changed and has several rows or wide characters, which libedit
/// draws wrongly.
void cel_screen_repair(cel_editor *editor);
/// Adapts to the terminal's new size.
void cel_screen_resize(cel_editor *editor);
/// Writes text with a carriage return at each line's end, and a newline at its own.
void cel_screen_write(cel_editor *editor, const void *text, size_t length);
/// Turns bracketed paste on or off.
void cel_screen_paste_mode(cel_editor *editor, bool on);

// Signals.c
/// Takes over the signals that matter while the terminal is raw, and gives them back.
void cel_signals_take(cel_editor *editor);
void cel_signals_give_back(cel_editor *editor);
