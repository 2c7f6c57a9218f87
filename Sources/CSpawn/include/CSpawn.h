/// What Swift does not see of `posix_spawn`.
#ifndef CSPAWN_H
#define CSPAWN_H

#include <spawn.h>

/// Lets a child have the standard streams, and no other descriptor of this process.
///
/// Returns 0, or the system's error.
int cspawn_close_others(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes);

#endif
