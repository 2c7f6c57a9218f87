import WhDomain

/// What a lock is for: a profile on a server.
struct LockScope: Hashable {
  let profile: String
  let host: String
}

extension Run {
  /// The lock that a process holds which executes it.
  var lockScope: LockScope { LockScope(profile: metadata.profile, host: metadata.host) }
}

extension Shard {
  /// True for two shares that have no app in common: different ones of the same split. Nil is all apps.
  static func goTogether(_ one: Shard?, _ other: Shard?) -> Bool {
    guard let one, let other else { return false }
    return one.count == other.count && one.number != other.number
  }
}
