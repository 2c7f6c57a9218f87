import Foundation

/// A number that the system gives for what went wrong.
struct SystemError: Error, Equatable {
  let number: Int32

  /// That of the last call of the system.
  static var last: SystemError { SystemError(number: errno) }

  /// In the system's words.
  var reason: String { String(cString: strerror(number)) }
}
