/// What one check of the surroundings came to, as `wh doctor` shows it.
package struct Finding: Hashable, Sendable {
  /// What was looked at. The raw values are the names that people and programs see.
  package enum Subject: String, CaseIterable, Sendable {
    case configuration, profile, server, key, service, clock, limit, journal, runs, terminal, prompt, pager, editor,
      locale
  }

  package enum State: String, CaseIterable, Sendable {
    case ok
    /// Works, and is worth a look.
    case warning
    /// Something fails with it as it is.
    case problem
    /// Not checked, because of what another finding says.
    case skipped
  }

  package let subject: Subject
  package let state: State
  /// What was found, on one line without a full stop. It may quote any character.
  package let detail: String
  /// What to do about it; nil where nothing is to be done.
  package let advice: String?

  package init(_ subject: Subject, _ state: State, _ detail: String, advice: String? = nil) {
    self.subject = subject
    self.state = state
    self.detail = detail
    self.advice = advice
  }

  package static func ok(_ subject: Subject, _ detail: String) -> Finding { Finding(subject, .ok, detail) }

  package static func warning(_ subject: Subject, _ detail: String, advice: String?) -> Finding {
    Finding(subject, .warning, detail, advice: advice)
  }

  package static func problem(_ subject: Subject, _ detail: String, advice: String?) -> Finding {
    Finding(subject, .problem, detail, advice: advice)
  }

  /// - Parameter reason: what keeps it from being checked.
  package static func skipped(_ subject: Subject, because reason: String) -> Finding {
    Finding(subject, .skipped, "not checked: \(reason)")
  }
}

/// What all findings come to.
package struct Verdict: Hashable, Sendable {
  package let problems: Int
  package let warnings: Int

  package init(_ findings: [Finding]) {
    problems = findings.count { $0.state == .problem }
    warnings = findings.count { $0.state == .warning }
  }
}

extension Verdict: CustomStringConvertible {
  /// As in `1 problem, 2 warnings`, or `no problems`.
  package var description: String {
    let first = problems == 0 ? "no problems" : problems.counting("problem")
    return warnings == 0 ? first : "\(first), \(warnings.counting("warning"))"
  }
}
