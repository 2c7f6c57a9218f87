#include "Editor.h"

#include <stdlib.h>
#include <string.h>

bool cel_buffer_append(cel_buffer *buffer, const void *bytes, size_t length) {
  if (buffer->start == buffer->end) buffer->start = buffer->end = 0;
  if (buffer->capacity - buffer->end < length) {
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity - buffer->end < length) capacity *= 2;
    unsigned char *grown = realloc(buffer->bytes, capacity);
    if (!grown) return false;
    buffer->bytes = grown;
    buffer->capacity = capacity;
  }
  if (length) memcpy(buffer->bytes + buffer->end, bytes, length);
  buffer->end += length;
  return true;
}

void cel_buffer_clear(cel_buffer *buffer) { buffer->start = buffer->end = 0; }

void cel_buffer_free(cel_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (cel_buffer){0};
}
