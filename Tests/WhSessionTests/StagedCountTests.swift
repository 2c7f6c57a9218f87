import Testing
import WhDeterminism
import WhDomain
import WhJournal
import WhSession
import WhTestSupport

/// The number of changes is kept while edits come and go, and must be that of the plan.
@Suite struct StagedCountTests {
  private static let statements = [
    "webhook *", "webhook w1", "webhook w2, w3", "add event A", "remove event A", "set events A, B", "clear headers",
    "set header X-B c", "remove header X-B", "set url https://a.example.com/in",
    "replace host a.example.com with b.example.com",
    "delete webhook", "create webhook https://n.example.com events A", "unstage 1", "unstage 2", "unstage", "rollback",
    "refresh", "undo", "commit",
  ]

  @Test(arguments: Seeds.first(40)) func isThatOfThePlan(_ seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let harness = try Harness(answer: true, journal: MemoryRunLog(), isPrompt: true)
    await harness.run("use app *; webhook *")
    var said: [String] = []
    for _ in 0..<15 {
      said.append(random.pick(Self.statements))
      await harness.run(said[said.count - 1])
      let view = await harness.session.snapshot().view
      let changes = view.draft.changes(in: view.holdings).filter { !$0.action.isEmpty }
      #expect(view.draft.changeCount == changes.count, "\(said)")
    }
  }
}
