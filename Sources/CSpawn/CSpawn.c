#define _GNU_SOURCE
#include "CSpawn.h"

#include <unistd.h>

int cspawn_close_others(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes) {
#ifdef __APPLE__
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
    int error = posix_spawn_file_actions_addinherit_np(actions, stream);
    if (error) return error;
  }
  short flags = 0;
  int error = posix_spawnattr_getflags(attributes, &flags);
  return error ? error : posix_spawnattr_setflags(attributes, flags | POSIX_SPAWN_CLOEXEC_DEFAULT);
#else
  (void)attributes;
  return posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
#endif
}
