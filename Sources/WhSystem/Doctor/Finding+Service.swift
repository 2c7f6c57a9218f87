import WhAPI
import WhDomain

extension Finding {
  /// A service that did not refuse the key.
  ///
  /// - Parameter time: how long the test request took, with the connection.
  package static func service(_ test: KeyTest, in time: Duration) -> Finding {
    let answer = "answered in \(milliseconds(time))"
    switch test {
    case .apps(let count): return .ok(.service, "the key is accepted, \(count.counting("app")), \(answer)")
    case .ownApp: return .ok(.service, "the key is accepted, \(answer)")
    case .untold: return .ok(.service, "\(answer), but lists nothing: the key could not be tested")
    }
  }

  /// More of it is not a delay but a clock that is wrong.
  private static let largestOffset = 30.0

  /// - Parameter offset: how far the server's clock is ahead, to about a second; nil if no response had the time.
  package static func clock(offset: Duration?) -> Finding {
    guard let offset else { return .ok(.clock, "the service does not tell its time") }
    let seconds = offset.inSeconds
    let size = Int(abs(seconds).rounded())
    if size < 2 { return .ok(.clock, "the same time as the service") }
    let detail = "\(Self.duration(size)) \(seconds > 0 ? "slow" : "fast") compared to the service"
    guard abs(seconds) > largestOffset else { return .ok(.clock, detail) }
    return .warning(.clock, detail, advice: "set the clock of this machine, for example with NTP")
  }

  /// - Parameter rate: nil if no response named a limit.
  package static func limit(_ rate: PacingRate?) -> Finding {
    guard let rate else { return .ok(.limit, "the service names no rate limit") }
    let window = Int(rate.window.inSeconds.rounded(.up))
    let detail = "\(rate.limit.counting("request")) per \(Self.duration(window)), \(rate.remaining) remaining"
    guard rate.remaining == 0 else { return .ok(.limit, detail) }
    return .warning(
      .limit, detail, advice: "other users of the key use all of it: `wh` waits for its share, and takes longer")
  }

  static func milliseconds(_ time: Duration) -> String {
    let microseconds = Int((time.inSeconds * 1_000_000).rounded())
    let tenths = (microseconds + 50) / 100
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\((tenths + 5) / 10) ms"
  }

  private static func duration(_ seconds: Int) -> String {
    if seconds < 120 { return "\(seconds) s" }
    return seconds < 7200 ? "\((seconds + 30) / 60) min" : "\((seconds + 1800) / 3600) h"
  }
}
