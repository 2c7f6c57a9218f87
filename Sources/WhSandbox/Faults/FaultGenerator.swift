import Synchronization

/// Draws, for one request after the other, what it meets.
final class FaultGenerator: Sendable {
  /// What one request meets.
  struct Draw: Sendable, Equatable {
    var fault: Fault?
    var latency: Duration
  }

  /// The seed in use.
  let seed: UInt64

  private let faults: Options.Faults
  private let random: Mutex<SplitMix64>

  init(_ faults: Options.Faults, seed: UInt64) {
    self.faults = faults
    self.seed = seed
    random = Mutex(SplitMix64(seed: seed))
  }

  /// Draws for a request made with `method`.
  ///
  /// Each request takes two numbers from the generator, whatever the options are, so that a change of one share does not
  /// shift the rest of the sequence.
  func draw(method: String) -> Draw {
    let (point, extra) = random.withLock { random in
      (Double.random(in: 0..<1, using: &random), Double.random(in: 0...1, using: &random))
    }
    let latency = faults.latency + Int(extra * Double(faults.jitter))
    return Draw(fault: fault(at: point, method: method), latency: .milliseconds(latency))
  }

  private func fault(at point: Double, method: String) -> Fault? {
    if let methods = faults.methods, !methods.contains(method) { return nil }
    var end = 0.0
    for fault in Fault.allCases {
      end += faults.shares[fault] ?? 0
      if point < end { return fault }
    }
    return nil
  }
}
