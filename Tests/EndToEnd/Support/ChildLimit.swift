/// How many child processes run at once, so that on a small machine none waits past its deadline.
actor ChildLimit {
  static let shared = ChildLimit(4)

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  func with<Value: Sendable>(_ work: @Sendable () async throws -> Value) async rethrows -> Value {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
    defer {
      if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
    return try await work()
  }
}
