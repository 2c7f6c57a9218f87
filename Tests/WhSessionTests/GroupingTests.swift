import Testing
import WhDomain
import WhSession

/// `show webhooks by host|url|event`: how many webhooks, of how many apps, the largest group first.
@Suite struct GroupingTests {
  @Test(arguments: [
    ("show webhooks by host", ["old.example.com 5 2"]),
    ("show webhooks by event", ["MESSAGE_SENT 4 2", "MESSAGE_CREATED 1 1", "MESSAGE_DELIVERED 1 1"]),
    (
      "webhook w1, w2 set url https://New.example.com/x; show webhooks by host",
      ["old.example.com 3 2", "new.example.com 2 1"]
    ),
    (
      "webhook w1, w2, v1 set url https://x.example; show webhooks by url",
      [
        "https://x.example 3 2", "https://old.example.com/v2 1 1", "https://old.example.com/w3 1 1",
      ]
    ),
  ])
  func groups(_ script: String, _ expected: [String]) async throws {
    let trace = await (try Harness()).run("use app *; \(script)")
    #expect(trace.codes == [])
    let rows = trace.outputs.flatMap { output -> [String] in
      if case .table(let table) = output { table.rows.map { $0.joined(separator: " ") } } else { [] }
    }
    #expect(rows == expected)
  }
}
