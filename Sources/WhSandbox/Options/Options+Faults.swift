extension Options {
  /// What goes wrong, and in which share of the requests.
  ///
  /// One request meets at most one of the faults that have a share, so the shares add up to 1 at most. Which request meets
  /// which comes from a generator, so that one seed gives one sequence of faults.
  package struct Faults: Sendable, Equatable {
    /// The generator's seed; nil draws one, which `Server.seed` then returns.
    package var seed: UInt64?
    /// The delay of every request before it is processed, in milliseconds.
    package var latency: Int
    /// The maximum added to `latency`, in milliseconds, uniformly random for each request.
    package var jitter: Int
    /// The share of requests, 0 to 1, that meets each fault; one that is not named has none.
    package var shares: [Fault: Double]
    /// How long a stalled answer is held back, in seconds.
    package var stallSeconds: Double
    /// The methods that faults may meet, in capitals; nil for all of them. Latency meets every method.
    package var methods: Set<String>?

    /// Makes a set of faults; without arguments, the empty one.
    package init(
      seed: UInt64? = nil,
      latency: Int = 0,
      jitter: Int = 0,
      shares: [Fault: Double] = [:],
      stallSeconds: Double = 30,
      methods: Set<String>? = nil
    ) {
      self.seed = seed
      self.latency = latency
      self.jitter = jitter
      self.shares = shares
      self.stallSeconds = stallSeconds
      self.methods = methods
    }

    func validate() throws(InvalidOptions) {
      let longest = 3_600_000
      guard (0...longest).contains(latency), (0...longest).contains(jitter) else {
        throw InvalidOptions("latency and jitter must be between 0 and \(longest) milliseconds")
      }
      guard (0...Double(longest / 1000)).contains(stallSeconds) else {
        throw InvalidOptions("a stall must be between 0 and \(longest / 1000) seconds")
      }
      guard shares.values.allSatisfy({ (0...1).contains($0) }) else {
        throw InvalidOptions("the fraction of a fault must be between 0 and 1")
      }
      // Ten shares of 0.1 add up to a hair more than 1.
      guard shares.values.reduce(0, +) <= 1 + 1e-9 else {
        throw InvalidOptions("the fractions of all faults must not exceed 1 in total")
      }
    }
  }
}
