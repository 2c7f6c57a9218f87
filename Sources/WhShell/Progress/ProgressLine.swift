import WhAPI
import WhDomain
import WhSession
import WhSyntax

/// How far a phase is, as text.
struct ProgressLine {
  private static let width = 20

  let phase: ProgressEvent.Phase
  let total: Int
  let start: Duration
  private(set) var done = 0
  private var counts: [Outcome.State: Int] = [:]
  var wait: PacingWait?

  init(phase: ProgressEvent.Phase, total: Int, start: Duration) {
    self.phase = phase
    self.total = total
    self.start = start
  }

  mutating func step(_ state: Outcome.State?) {
    done += 1
    if let state { counts[state, default: 0] += 1 }
  }

  /// For a line that is redrawn repeatedly.
  func bar(at now: Duration, wall: Duration) -> String {
    if phase == .connecting { return plain(at: now, wall: wall) }
    let filled = total == 0 ? Self.width : Self.width * done / total
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
    return "[\(bar)] " + plain(at: now, wall: wall)
  }

  func plain(at now: Duration, wall: Duration) -> String {
    if phase == .connecting { return wait?.text(ifAnyAt: wall) ?? "connecting, Ctrl-C stops" }
    var parts = ["\(phase.rawValue) \(done)/\(total)"]
    if phase == .writing { parts.append(outcomes) }
    if let waiting = wait?.text(ifAnyAt: wall) {
      parts.append(waiting)
      return parts.joined(separator: ", ")
    }
    let seconds = (now - start).inSeconds
    if done > 0, seconds > 0 {
      let rate = Double(done) / seconds
      parts.append("\(Self.shortened(rate)) per second")
      if done < total { parts.append("\(TextRenderer.duration(Double(total - done) / rate)) left") }
    }
    return parts.joined(separator: ", ")
  }

  private var outcomes: String {
    let applied = [Outcome.State.created, .updated, .deleted].compactMap { state in
      counts[state].map { "\($0) \(state.rawValue)" }
    }
    let failed = counts.filter { !$0.key.isFine && $0.key != .notAttempted }.values.reduce(0, +)
    return (applied.isEmpty ? ["0 updated"] : applied).joined(separator: ", ") + ", \(failed) failed"
  }

  private static func shortened(_ rate: Double) -> String {
    rate >= 10 ? String(Int(rate.rounded())) : String((rate * 10).rounded() / 10)
  }
}

extension PacingWait {
  /// True where the network is silent, rather than that requests are held back.
  var isSilence: Bool { reason == .connection || reason == .answer }

  /// The same as `text(at:)`; nil for a wait that is over, or as good as none.
  func text(ifAnyAt wall: Duration) -> String? { reason != .firstAnswer && until > wall ? text(at: wall) : nil }

  /// What is waited for, and for how long from now on.
  func text(at wall: Duration) -> String {
    let time = TextRenderer.duration((until - wall).inSeconds)
    return switch reason {
    case .limit, .firstAnswer: "waiting \(time) for the rate limit"
    case .otherUsers: "waiting \(time) for other users of the key"
    case .refused: "waiting \(time) as the server asked"
    case .connection: "connecting, waiting \(time) more"
    case .answer: "no response yet, waiting \(time) more"
    case .retry(let what, let next, let most): "\(Printable.escaped(what)), try \(next) of \(most) in \(time)"
    }
  }
}
