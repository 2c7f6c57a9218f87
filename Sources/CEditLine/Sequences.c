#include "Editor.h"

/// Milliseconds within which the rest of a key's sequence follows the byte after ESC, which alone may be a key of its own, and the
/// bytes after that, which may not.
enum { second_wait = 50, later_wait = 500 };
/// No key sends more bytes.
enum { longest = 32 };

/// The byte of the input at a place, waiting this many milliseconds for it; -1 if it does not come.
static int byte_at(cel_editor *editor, size_t place, int milliseconds) {
  while (cel_buffer_length(&editor->input) <= place) {
    if (!cel_fill(editor, milliseconds)) return -1;
  }
  return cel_buffer_front(&editor->input)[place];
}

/// How many bytes the sequence takes that the input begins with: `ESC [`, parameters and a final byte, or `ESC O` and a
/// letter; 0 if there is none.
static size_t sequence_length(cel_editor *editor) {
  size_t at = 1;
  int byte = byte_at(editor, at, second_wait);
  // Some terminals send Alt with an arrow as ESC before the sequence of the arrow.
  if (byte == '\033') byte = byte_at(editor, ++at, second_wait);
  if (byte == 'O') return byte_at(editor, at + 1, second_wait) > ' ' ? at + 2 : 0;
  if (byte != '[') return 0;
  byte = byte_at(editor, ++at, later_wait);
  // The Linux console sends `ESC [ [ A` for F1.
  if (byte == '[') return byte_at(editor, at + 1, later_wait) > ' ' ? at + 2 : 0;
  while (byte >= 0x20 && byte < 0x40 && at < longest) byte = byte_at(editor, ++at, later_wait);
  if (byte >= 0x40 && byte < 0x7F) return at + 1;
  // A sequence that breaks off is not text either.
  return byte >= 0 && at > 2 ? at : 0;
}

/// What a sequence asks for, as xterm, rxvt, PuTTY, tmux and the Linux console send it; 0 for what has no meaning here.
static wchar_t meaning(const unsigned char *bytes, size_t length) {
  bool is_alt = bytes[1] == '\033';
  size_t at = is_alt ? 2 : 1;
  bool is_single = bytes[at++] == 'O';
  unsigned numbers[2] = {0, 0}, count = 0;
  for (; at + 1 < length && count < 2; at++) {
    if (bytes[at] == ';') {
      count++;
    } else if (bytes[at] >= '0' && bytes[at] <= '9' && numbers[count] < 1000) {
      numbers[count] = numbers[count] * 10 + (bytes[at] - '0');
    } else {
      return 0;
    }
  }
  // A parameter of 1 + Shift 1 + Alt 2 + Ctrl 4 says what was held down.
  bool by_word = is_alt || (numbers[1] > 1 && ((numbers[1] - 1) & 6));
  switch (bytes[length - 1]) {
  case 'A': case 'a': return CEL_KEY_UP;
  case 'B': case 'b': return CEL_KEY_DOWN;
  case 'C': return by_word ? CEL_KEY_NEXT_WORD : CEL_KEY_RIGHT;
  case 'D': return by_word ? CEL_KEY_PREVIOUS_WORD : CEL_KEY_LEFT;
  case 'c': return by_word || is_single ? CEL_KEY_NEXT_WORD : CEL_KEY_RIGHT;
  case 'd': return by_word || is_single ? CEL_KEY_PREVIOUS_WORD : CEL_KEY_LEFT;
  case 'H': return CEL_KEY_START;
  case 'F': return CEL_KEY_END;
  case 'Z': return CEL_KEY_BACK_TAB;
  case '^': by_word = true; break;
  case '~': case '$': case '@': break;
  default: return 0;
  }
  switch (numbers[0]) {
  case 1: case 7: return CEL_KEY_START;
  case 4: case 8: return CEL_KEY_END;
  case 3: return by_word ? CEL_KEY_DELETE_WORD : CEL_KEY_DELETE;
  default: return 0;
  }
}

/// Whether libedit itself, or the user's `.editrc`, has a meaning for a sequence. To go up and down the history is ours.
static bool is_known(cel_editor *editor, const unsigned char *bytes, size_t length, wchar_t meaning) {
  wchar_t keys[longest + 2];
  if (length > longest) return false;
  for (size_t i = 0; i < length; i++) keys[i] = bytes[i];
  keys[length] = 0;
  if (meaning == CEL_KEY_UP && cel_is_bound_to(editor, keys, "ed-prev-history")) return false;
  if (meaning == CEL_KEY_DOWN && cel_is_bound_to(editor, keys, "ed-next-history")) return false;
  // In vi mode ESC leaves the insertion, and what follows is the key.
  return cel_is_bound(editor, keys) || (cel_is_vi(editor) && cel_is_bound(editor, keys + 1));
}

cel_sequence cel_take_sequence(cel_editor *editor, wchar_t *key) {
  size_t length = sequence_length(editor);
  if (length == 0) return CEL_SEQUENCE_NONE;
  const unsigned char *bytes = cel_buffer_front(&editor->input);
  *key = meaning(bytes, length);
  if (editor->can_take_hint && (*key == CEL_KEY_RIGHT || *key == CEL_KEY_END)) {
    *key = CEL_KEY_TAKE_HINT;
  } else if (!(cel_menu_is_open(editor) && cel_menu_has_key(*key)) && is_known(editor, bytes, length, *key)) {
    return CEL_SEQUENCE_NONE;
  }
  if (*key == CEL_KEY_BACK_TAB && !cel_menu_is_open(editor)) *key = 0;
  editor->input.start += length;
  return *key ? CEL_SEQUENCE_KEY : CEL_SEQUENCE_DROPPED;
}
