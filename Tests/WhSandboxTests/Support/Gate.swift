/// Holds waiting tasks until as many wait as its size says.
actor Gate {
  private let size: Int
  private var arrived = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(size: Int) {
    self.size = size
  }

  /// Arrives, and waits for the others.
  func wait() async {
    arrived += 1
    await whenOpen()
  }

  /// Waits for the others without being counted.
  func whenOpen() async {
    if arrived >= size {
      for continuation in waiting { continuation.resume() }
      waiting = []
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }
}
