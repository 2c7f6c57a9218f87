import Testing
import WhTestSupport

/// Run under Debian's libedit 3.1-20221030; each interaction has a process, a terminal and a home of its own. Most of their time
/// is waiting, so that some go at once.
@Suite("Keys in, screen out")
struct InteractionTests {
  @Test("What a person types and sees", arguments: Interaction.groups, [80, 200])
  func interactions(_ group: Interaction.Group, columns: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for interaction in group.interactions {
        tasks.addTask {
          try await ChildLimit.shared.with { try await Self.interact(interaction, columns: columns) }
        }
      }
      try await tasks.waitForAll()
    }
  }

  private static func interact(_ interaction: Interaction, columns: Int) async throws {
    let home = try Home()
    let colour = interaction.isDecorated ? ["NO_COLOR": ""] : [:]
    let session = try await PromptSession(
      home, environment: interaction.environment.merging(colour) { $1 }, columns: columns)
    for line in interaction.before { try await session.answer(line) }
    session.terminal.send(interaction.keys)
    do {
      try await session.terminal.wait(
        interaction.expected(columns: columns).joined(separator: "\n")
      ) {
        interaction.isSeen(on: $0)
      }
    } catch {
      Issue.record(error, "\(interaction.testDescription), \(columns) columns")
    }
  }
}

extension Interaction {
  /// Some that go at once.
  struct Group: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let interactions: [Interaction]
  }

  private static let all = editing + history + completion + statements + faults + hints + editor + undoing + menus

  static let groups = stride(from: 0, to: all.count, by: 12).map { start in
    let interactions = Array(all[start..<min(start + 12, all.count)])
    return Group(testDescription: "From: \(interactions[0].testDescription)", interactions: interactions)
  }
}
