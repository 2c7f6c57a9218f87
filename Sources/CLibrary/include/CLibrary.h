#pragma once

#include <stddef.h>

/// A function of a library, and where its address is to be kept.
typedef struct {
  const char *name;
  void **place;
} clibrary_symbol;

/// A library that is loaded when it is first used, so that a start does not pay for it and a system may lack it.
typedef struct {
  /// What messages call it.
  const char *name;
  /// Its files, of which the first that there is counts; ends with `NULL`.
  const char *const *files;
  /// Ends with a symbol without a name.
  const clibrary_symbol *symbols;
  /// What to do where there is no such file, and where a function is missing in it.
  const char *if_missing, *if_old;
} clibrary;

/// Loads the library and finds its functions. `NULL` where all are there; else a message in static memory of the size of `message`.
const char *clibrary_load(const clibrary *library, char *message, size_t size);
