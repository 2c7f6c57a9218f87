#include "CLibrary.h"

#include <dlfcn.h>
#include <stdio.h>

const char *clibrary_load(const clibrary *library, char *message, size_t size) {
  void *handle = NULL;
  for (const char *const *file = library->files; !handle && *file; file++) handle = dlopen(*file, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    snprintf(message, size, "%s not found: %s", library->name, library->if_missing);
    return message;
  }
  for (const clibrary_symbol *symbol = library->symbols; symbol->name; symbol++) {
    *symbol->place = dlsym(handle, symbol->name);
    if (*symbol->place) continue;
    snprintf(message, size, "%s has no %s: %s", library->name, symbol->name, library->if_old);
    return message;
  }
  return NULL;
}
