import GRDB

/// The key of an intent and of its outcome: the run's number and the place in one integer, so that the rows of a run
/// stand together in the file, in their order, and no second index is to be kept.
struct IntentKey: Hashable {
  let run: Int
  let index: Int

  init(_ run: Int, _ index: Int) {
    self.run = run
    self.index = index
  }

  init(rawValue: Int64) {
    self.init(Int(rawValue >> 32), Int(rawValue & 0xFFFF_FFFF))
  }

  var rawValue: Int64 { Int64(run) << 32 | Int64(index) }

  /// The keys of all intents of a run.
  static func all(ofRun run: Int) -> ClosedRange<Int64> {
    IntentKey(run, 0).rawValue...IntentKey(run, 0xFFFF_FFFF).rawValue
  }
}
