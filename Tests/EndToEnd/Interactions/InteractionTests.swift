import Testing
import WhTestSupport

/// Run under Debian's libedit 3.1-20221030; each interaction has a process, a terminal and a home of its own.
@Suite("Keys in, screen out")
struct InteractionTests {
  @Test("What a person types and sees", arguments: Interaction.all, [80, 200])
  func interaction(_ interaction: Interaction, columns: Int) async throws {
    let home = try Home()
    let session = try await PromptSession(
      home, environment: interaction.isDecorated ? ["NO_COLOR": ""] : [:], columns: columns)
    for line in interaction.before { try await session.answer(line) }
    session.terminal.send(interaction.keys)
    do {
      try await session.terminal.wait(
        interaction.expected(columns: columns).joined(separator: "\n")
      ) {
        interaction.isSeen(on: $0)
      }
    } catch {
      Issue.record(error)
    }
  }
}

extension Interaction {
  static let all = editing + history + completion + statements + faults + hints
}
