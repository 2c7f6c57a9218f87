/// The process that holds the lock of a profile on a server.
package struct LockHolder: Hashable, Sendable {
  package let processID: Int32
  /// The name of its user.
  package let user: String
  package let since: Moment
  /// The name of its machine; nil where it can only be this one.
  package let machine: String?

  package init(processID: Int32, user: String, since: Moment, machine: String? = nil) {
    self.processID = processID
    self.user = user
    self.since = since
    self.machine = machine
  }
}

extension LockHolder: CustomStringConvertible {
  /// Which process it is, in words that follow "by" or a colon.
  package var description: String {
    "process \(processID) of \(user)\(machine.map { " on \($0)" } ?? ""), since \(since)"
  }

  /// What to do about it: one line, without a full stop.
  var advice: String {
    "\(Self.advice), or stop it with `kill -INT \(processID)`\(machine.map { " on \($0)" } ?? "")"
  }

  /// What to do about one that is not known.
  static let advice = "wait for it to finish"
}

extension LockHolder {
  /// The line of the lock's file: process id, milliseconds since 1970, user.
  var line: String { "\(processID) \(since.milliseconds) \(user)\n" }

  /// - Returns: nil for a line that is not whole, as one that is just being written.
  init?(line: String) {
    guard line.hasSuffix("\n") else { return nil }
    let parts = line.dropLast().split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let processID = Int32(parts[0]), let since = Int64(parts[1]) else { return nil }
    self.init(processID: processID, user: String(parts[2]), since: Moment(milliseconds: since))
  }
}
