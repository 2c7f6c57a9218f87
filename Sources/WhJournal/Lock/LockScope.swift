/// What a lock is for: a profile on a server.
struct LockScope: Hashable {
  let profile: String
  let host: String
}

extension Run {
  /// The lock that a process holds which executes it.
  var lockScope: LockScope { LockScope(profile: metadata.profile, host: metadata.host) }
}
