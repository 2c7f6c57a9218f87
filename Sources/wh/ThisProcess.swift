import Foundation
import WhAPI
import WhDomain
import WhSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process as it was started: the one place that reads its environment.
enum ThisProcess {
  static let environment = Environment(entries: entries(), account: NSHomeDirectory())
  static let paths = Paths(environment)
  static let terminal = SystemTerminal(environment)
  static let limits = ResourceLimits.ofProcess()
  static let shell = Shell(environment)
  /// The name of the machine.
  static let machine = ProcessInfo.processInfo.hostName
  static let keyCommands = KeyCommands(shell, clock: TimeSource.live.monotonic)

  private static func entries() -> [[UInt8]] {
    var entries: [[UInt8]] = []
    var next = environ
    while let entry = next.pointee {
      entries.append(Array(UnsafeRawBufferPointer(start: entry, count: strlen(entry))))
      next += 1
    }
    return entries
  }
}
