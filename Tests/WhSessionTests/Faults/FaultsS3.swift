import Testing
import WhSession
import WhSyntax

@Suite("S3: a check that checks nothing is no success")
struct FaultsS3 {
  @Test(
    "S3: what most likely matches nothing, or everything, is a warning at its place, and an error if strict",
    arguments: [
      ("expect url !~ old.example.com", "no-wildcard 1:15"), ("expect url ~ https://x.example/a", "no-wildcard 1:14"),
      ("expect url != https://old.example.com/*", "no-wildcard 1:15"), ("webhook where host ~ old", "no-wildcard 1:22"),
      ("use app where slug ~ my-app", "no-wildcard 1:22"), ("expect header X-A ~ v", "no-wildcard 1:21"),
      ("expect event ~ MESSAGE_SENT", "no-wildcard 1:16"), ("expect not event TYPO", "unknown-event 1:18"),
      ("webhook where event TYPO", "unknown-event 1:21"),
      ("rename event TYPO to MESSAGE_SENT", "unknown-event 1:14"), ("remove event TYPO", "unknown-event 1:14"),
      ("expect not event ~ MESAGE_*", "unknown-event 1:20"), ("expect some event TYPO", "unknown-event 1:19"),
      ("create webhook https://x.example/in events MESSAGE_SENT unless event TYPO", "unknown-event 1:70"),
      ("create webhook https://x.example/in", "no-events 1:16"),
    ])
  func doubts(_ text: String, _ finding: String) {
    let (plain, strict) = (Bound(text), Bound(text, isStrict: true))
    #expect(plain.found == ["warning \(finding)"])
    #expect(strict.found == ["error \(finding)"] && strict.script.hasErrors)
  }

  @Test(
    "S3: what may well be meant is not",
    arguments: [
      "expect url !~ *old.example.com*", "expect url != https://old.example.com/a?b=[c]", "expect host = x.example",
      "expect not event MESSAGE_SENT", "expect event ~ MESSAGE_*", "webhook where id ~ a[0-9]",
      "rename event MESSAGE_SENT to messages.sms.sent", "remove event MESSAGE_SENT", "expect 0 event MESSAGE_SENT",
      "create webhook https://x.example/in events MESSAGE_SENT",
    ])
  func noDoubts(_ text: String) {
    #expect(Bound(text, isStrict: true).found == [])
  }

  @Test("S3: an event's pattern in the place of a name is refused")
  func patternOfEvents() {
    #expect(Bound("expect not event messages.*").found == ["error event-pattern 1:18"])
    #expect(Bound("add event MESSAGE_SENT | cat").found == ["error unexpected-word 1:24"])
    #expect(Bound("set events MESSAGE_SENT, |cat").found == ["error unexpected-word 1:26"])
  }

  @Test(
    "S3: an expectation of no webhooks is a warning, and fails if strict",
    arguments: [
      ("expect event MESSAGE_SENT", true), ("expect not event MESSAGE_SENT", true), ("expect 0", false),
      ("expect 0 event MESSAGE_SENT", false),
    ])
  func emptySelections(_ statement: String, _ isVacuous: Bool) async throws {
    for selection in ["use app *; webhook where event messages.sms.failed", "use app where slug = none; webhook *"] {
      let trace = await (try Harness()).run("\(selection); \(statement)")
      #expect(trace.codes == [] && trace.warnings == (isVacuous ? [.nothingChecked] : []))
      let strict = await (try Harness()).run("config strict on; \(selection); \(statement)")
      #expect(strict.codes == (isVacuous ? [.nothingChecked] : []) && strict.warnings == [])
    }
    let some = await (try Harness()).run("use app *; webhook where event messages.sms.failed; expect some")
    #expect(some.codes == [.expectationFailed])
  }
}
