import Dispatch
import Synchronization
import WhDomain

/// The records of some changes, made by another thread until they are taken: to spell a change takes about as long as to write
/// its row, and the first request waits for both.
final class RecordsAhead: Sendable {
  /// So many are made at once.
  static let size = 1024

  private let records = Mutex<[IntentRecord]>([])
  private let isReady = DispatchSemaphore(value: 0)

  init(_ changes: ArraySlice<Change>) {
    DispatchQueue.global().async {
      let made = changes.map { IntentRecord($0) }
      self.records.withLock { $0 = made }
      self.isReady.signal()
    }
  }

  /// Waits until they are made. They can be taken once.
  func take() -> [IntentRecord] {
    isReady.wait()
    return records.withLock { records in
      defer { records = [] }
      return records
    }
  }
}
