import WhDomain
import WhSyntax

/// The lines of `wh doctor`: a word for the state, what was looked at, and what was found. What to do is on a line of its own.
extension TextRenderer {
  package func render(_ finding: Finding) -> Rendering {
    let (state, meaning) = Self.mark(of: finding.state)
    let subject = finding.subject.rawValue
    let lead = Self.padded(state, to: Self.stateWidth)
    var text = style.paint(lead, meaning) + Self.padded(subject, to: Self.subjectWidth)
    text += Printable.escaped(finding.detail) + "\n"
    if let advice = finding.advice {
      text += String(repeating: " ", count: Self.stateWidth + Self.subjectWidth)
      text += style.paint(Printable.escaped(advice), .accent) + "\n"
    }
    return Rendering(output: text)
  }

  package func render(_ verdict: Verdict) -> Rendering { Rendering(output: "doctor: \(verdict)\n") }

  private static func mark(of state: Finding.State) -> (String, Style.Meaning) {
    switch state {
    case .ok: ("ok", .added)
    case .warning: ("warning", .warning)
    case .problem: ("problem", .removed)
    case .skipped: ("-", .faint)
    }
  }

  private static let stateWidth = (Finding.State.allCases.map { mark(of: $0).0.utf8.count }.max() ?? 0) + 2
  private static let subjectWidth = (Finding.Subject.allCases.map(\.rawValue.utf8.count).max() ?? 0) + 2

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.utf8.count, 0))
  }
}
