import WhDomain
import WhSession
import WhSyntax

/// The report as one JSON object, with a case a line.
struct JSONReport {
  /// Rises when a member changes its meaning or goes away; new members do not raise it.
  static let version = 2

  private let report: RunReport

  init(_ report: RunReport) {
    self.report = report
  }

  func text(_ redactor: Redactor) -> String {
    let counts = Outcome.State.allCases.map { state in
      (JSONMembers.name(of: state), JSONText.number(report.count(state)))
    }
    let members: [(String, JSONText)] = [
      ("type", .string("report")), ("version", .number(Self.version)), ("command", .string(report.command)),
      ("scripts", .strings(report.arguments)),
      (
        "sources",
        .array(report.scripts.map { .object([("name", .string($0.name)), ("sha256", .string($0.sha256))]) })
      ), ("profile", .optional(report.profile)), ("host", .optional(report.host)),
      ("tool", .string(report.version)), ("startedAt", .string(report.startedAtText)),
      ("seconds", .decimal((report.seconds * 1000).rounded() / 1000)), ("requests", .number(report.requests)),
      ("exit", .number(report.exit)), ("runs", .array(report.runs.map { .number($0) })),
      ("webhooks", .object(counts)),
      ("planned", .object(Difference.Action.allCases.map { ($0.rawValue, .number(report.plannedCount($0))) })),
      ("estimate", report.estimate.map(Self.estimate) ?? .null), ("failures", .number(report.failureCount)),
      ("profiles", .array(report.parts.map(Self.session))),
    ]
    let head = JSONText.object(members).text(redactor).dropLast()
    let cases = report.parts.flatMap { part in
      part.cases.map { "\n" + JSONText.object(self.members(of: $0, in: part)).text(redactor) }
    }
    return head + ",\"cases\":[" + cases.joined(separator: ",") + "\n]}\n"
  }

  private static func session(_ part: RunReport) -> JSONText {
    .object([
      ("profile", .optional(part.profile)), ("host", .optional(part.host)), ("requests", .number(part.requests)),
      ("exit", .number(part.exit)), ("runs", .array(part.runs.map { .number($0) })),
      ("failures", .number(part.failureCount)),
    ])
  }

  private static func estimate(_ estimate: RunReport.Estimate) -> JSONText {
    .object([
      ("reads", .number(estimate.reads)), ("writes", .number(estimate.writes)),
      ("seconds", estimate.seconds.map { .decimal($0) } ?? .null),
    ])
  }

  private func members(of item: RunReport.Case, in part: RunReport) -> [(String, JSONText)] {
    let profile = JSONText.optional(item.profile ?? part.profile)
    let isFailure = report.isFailure(item)
    return switch item.kind {
    case .webhook(let outcome):
      [
        ("kind", .string("webhook")), ("failed", .bool(isFailure)), ("state", .string(outcome.state.rawValue)),
        ("message", .optional(prose: outcome.message)),
        ("appliedDifferently", .bool(outcome.state == .appliedDifferently)),
      ] + JSONMembers.change(outcome.change)
        + [
          ("answer", outcome.answer.map { .object(JSONMembers.webhook($0)) } ?? .null),
          ("profile", profile),
        ]
    case .planned(let change):
      [("kind", .string("planned")), ("failed", .bool(isFailure))] + JSONMembers.change(change)
        + [("profile", profile)]
    case .expectation(let check):
      [
        ("kind", .string("expect")), ("failed", .bool(isFailure)), ("statement", .prose(check.origin.statement)),
        ("source", .string(check.origin.source)), ("line", .number(check.origin.line)),
        ("column", .number(check.origin.column)),
        ("message", .optional(prose: check.failure?.message ?? check.message)),
        ("notes", .prose(check.failure?.notes ?? [])), ("profile", profile),
      ]
    case .problem(let diagnostic):
      [
        ("kind", .string("error")), ("failed", .bool(true)), ("code", .string(diagnostic.code.rawValue)),
        ("message", .prose(diagnostic.message)), ("source", .string(diagnostic.span.source.name)),
        ("line", .number(diagnostic.span.position.line)), ("column", .number(diagnostic.span.position.column)),
        ("label", .optional(prose: diagnostic.label)), ("notes", .prose(diagnostic.notes)),
        ("profile", profile),
      ]
    }
  }
}
