#include "Editor.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#include <xlocale.h>
#endif

static const wchar_t replacement = 0xFFFD;

wchar_t cel_decode(const unsigned char *bytes, size_t length, size_t *used) {
  *used = 0;
  if (length == 0) return 0;
  unsigned char lead = bytes[0];
  *used = 1;
  if (lead < 0x80) return lead;
  // The second byte's range keeps out overlong forms, surrogates and what lies above U+10FFFF (Unicode 15, table 3-7).
  size_t count;
  unsigned char low = 0x80, high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    count = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    count = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    count = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return replacement;
  }
  unsigned scalar = lead & (0xFFu >> (count + 1));
  for (size_t i = 1; i < count; i++) {
    if (i == length) {
      *used = 0;
      return 0;
    }
    if (bytes[i] < low || bytes[i] > high) {
      *used = i;
      return replacement;
    }
    low = 0x80;
    high = 0xBF;
    scalar = scalar << 6 | (bytes[i] & 0x3F);
  }
  *used = count;
  return scalar < 0xA0 ? replacement : (wchar_t)scalar;
}

size_t cel_encode(wchar_t character, unsigned char *bytes) {
  unsigned scalar = (unsigned)character;
  if (scalar > 0x10FFFF || (scalar >= 0xD800 && scalar <= 0xDFFF)) scalar = (unsigned)replacement;
  if (scalar < 0x80) {
    bytes[0] = (unsigned char)scalar;
    return 1;
  }
  size_t count = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  for (size_t i = count - 1; i > 0; i--) {
    bytes[i] = (unsigned char)(0x80 | (scalar & 0x3F));
    scalar >>= 6;
  }
  bytes[0] = (unsigned char)((0xF00u >> count & 0xF0) | scalar);
  return count;
}

wchar_t *cel_decode_text(const unsigned char *bytes, size_t length) {
  wchar_t *text = calloc(length + 1, sizeof *text);
  if (!text) return NULL;
  for (size_t at = 0, count = 0; at < length;) {
    size_t used;
    wchar_t scalar = cel_decode(bytes + at, length - at, &used);
    if (used == 0 || scalar == 0) scalar = replacement;
    text[count++] = scalar;
    at = used == 0 ? length : at + used;
  }
  return text;
}

bool cel_encode_text(cel_buffer *buffer, const wchar_t *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char bytes[4];
    if (!cel_buffer_append(buffer, bytes, cel_encode(text[i], bytes))) return false;
  }
  return true;
}

locale_t cel_utf8_locale(void) {
  static const char *const names[] = {"", "C.UTF-8", "en_US.UTF-8"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    locale_t locale = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
    if (!locale) continue;
    if (strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0) return locale;
    freelocale(locale);
  }
  return (locale_t)0;
}
