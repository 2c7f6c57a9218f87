import Foundation
import Synchronization
import WhFiles

/// Standard output, and why it can't be written any more.
package final class StandardOutput: Sendable {
  /// The system's error number.
  private let error = Atomic<Int32>(0)

  package init() {}

  /// Writes a text; false when that fails.
  package func write(_ text: String) -> Bool {
    let number = Descriptor.write(Array(text.utf8), to: STDOUT_FILENO)
    if number != 0 { error.store(number, ordering: .relaxed) }
    return number == 0
  }

  /// In the system's words; nil also for a reader that went away, which is not a problem.
  package var problem: String? {
    let number = error.load(ordering: .relaxed)
    return number == 0 || number == EPIPE ? nil : String(cString: strerror(number))
  }
}
