import CMemory

/// How the process gets its memory from the system.
package enum ProcessMemory {
  /// Gives large blocks back as soon as they are free: the tables of a run over 100,000 webhooks grow by doubling. To be
  /// called before the process starts a thread.
  package static func prepare() { cmemory_return_large_blocks() }
}
