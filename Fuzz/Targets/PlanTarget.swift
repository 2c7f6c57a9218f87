import WhDomain

@testable import WhJournal

/// The file of a plan, as others edited it: read, written again, and held against what the service has.
enum PlanTarget: FuzzTarget {
  static let words =
    KeptWords.all + [
      "{\"format\":\"wh plan\",\"version\":1,", "\"scripts\":[]", "\"changes\":[", "\"before\":{", "\"asked\":{",
      "\"sha256\":\"", "\"shown\":\"", "\"from\":[", "{\"variable\":\"token\"}", "\"salt\":\"s\"",
    ]

  private static let secret = "hunter2-secret"

  static func run(_ bytes: [UInt8]) {
    guard let file = try? PlanFile(file: bytes) else { return }
    do throws(PlanFileProblem) {
      rule(try PlanFile(file: Array(file.text.utf8)) == file, "a plan is read otherwise than it was written")
    } catch {
      broken("a plan can't be read as it was written: it \(error.reason)")
    }
    for change in file.changes { KeptWords.check(change.app.id, change.webhookID) }
    for isThere in [true, false] {
      let resolution = PlanResolution(file, variables: ["token": secret]) { key in
        isThere ? Webhook(id: key.webhook, appID: key.app, url: "https://a.example", events: ["A"]) : nil
      }
      rule(
        resolution.changes.count + resolution.settled.count == file.changeCount, "a change is applied twice, or dropped"
      )
      for change in resolution.changes {
        rule(
          file.changes.contains { $0.key == change.key && $0.action == change.action.name }, "a change is another one")
      }
    }
  }
}
