import Testing
import WhTestSupport

@Suite("R9: the names of events, with the command")
struct FaultsR9 {
  @Test("R9: an event of the configuration passes strict mode, and the sandbox takes it")
  func configured() async throws {
    let home = try Home()
    let script = "config strict on; use app my-app; webhook d1*; add event custom.event; commit"
    let refused = try await home.wh("--sandbox", "-c", script)
    #expect(refused.exit == 65 && refused.error.contains("error[unknown-event]"), "\(refused.testDescription)")
    try home.configure("events = [\"custom.event\"]\n")
    try home.write("a.wh", script)
    let checked = try await home.wh("check", "a.wh")
    #expect(checked.exit == 0 && checked.error.isEmpty, "\(checked.testDescription)")
    let run = try await home.wh("--sandbox", "-c", script)
    #expect(run.exit == 0 && run.output.contains("1 updated"), "\(run.testDescription)")
  }

  @Test("R9: events of calling pass strict mode and reach the sandbox")
  func calls() async throws {
    let home = try Home()
    let run = try await home.wh(
      "--sandbox", "-c", "config strict on; use app my-app; webhook *; add event calls.initiated; commit")
    #expect(run.exit == 0 && run.error.isEmpty && run.output.contains("3 updated"), "\(run.testDescription)")
  }

  @Test("R9: both names of an event are warned about when they are staged, in plans and in JSON too")
  func warned() async throws {
    let home = try Home()
    try home.write("a.wh", "use app my-app\nwebhook *\nadd event messages.sms.sent\ncommit\n")
    let plan = try await home.wh("plan", "a.wh", "--sandbox")
    #expect(plan.exit == 0, "\(plan.testDescription)")
    #expect(plan.error.contains("warning[event-named-twice]: 1 webhook would have both"), "\(plan.testDescription)")
    #expect(plan.error.contains(" --> a.wh:3:1"), "\(plan.testDescription)")
    let json = try await home.wh("plan", "a.wh", "--sandbox", "--output", "json")
    #expect((json.output + json.error).contains(#""event-named-twice""#), "\(json.testDescription)")
  }
}
