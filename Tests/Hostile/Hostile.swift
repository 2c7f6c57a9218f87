import ArgumentParser
import Foundation
import WhTestSupport

/// Runs `wh` against each behaviour, and prints a table. scripts/hostile builds and calls it.
@main
struct Hostile: AsyncParsableCommand {
  @Option(help: "The program to run.") var wh = BuiltProducts.path(of: "wh")
  @Option(help: "Only the behaviours with this in their names.") var only = ""
  @Option(help: "How many run at once.") var jobs = 6
  @Option(help: "Also write the table to a file.") var update: String?
  @Option(help: "Only serve the behaviour of this name, and print the url.") var serve: String?

  func run() async throws {
    if let name = serve {
      guard let behaviour = Behaviour.all.first(where: { $0.name == name }) else {
        throw ValidationError("There is no such behaviour.")
      }
      let server = try Attack(behaviour: behaviour, executable: wh).serve(other: "http://127.0.0.1:1")
      FileHandle.standardOutput.write(Data((server.url + "\n").utf8))
      // So that a forgotten one ends too.
      try await Task.sleep(for: .seconds(600))
      return withExtendedLifetime(server) {}
    }
    let behaviours = Behaviour.all.filter { only.isEmpty || $0.name.contains(only) }
    precondition(Set(Behaviour.all.map(\.name)).count == Behaviour.all.count, "two behaviours have one name")
    // Those that take long first, so that none is waited for alone at the end.
    let order = behaviours.indices.sorted { behaviours[$0].bound > behaviours[$1].bound }
    let start = ContinuousClock.now
    var rows: [Int: Row] = [:]
    try await withThrowingTaskGroup(of: (Int, Row).self) { group in
      var next = order.makeIterator()
      func add() {
        guard let index = next.next() else { return }
        group.addTask { [wh] in (index, try await Row(behaviours[index], wh)) }
      }
      for _ in 0..<jobs { add() }
      while let (index, row) = try await group.next() {
        rows[index] = row
        add()
      }
    }
    let sorted = behaviours.indices.compactMap { rows[$0] }
    print(Row.table(sorted))
    let failed = sorted.filter { !$0.findings.isEmpty }
    for row in failed { print("✗ \(row.behaviour.name): \(row.findings.joined(separator: "; "))") }
    let time = Int((ContinuousClock.now - start) / .seconds(1))
    print("hostile: \(sorted.count) behaviours, \(failed.count) failed, \(time) s")
    if let update { try Data(Row.page(sorted).utf8).write(to: URL(fileURLWithPath: update)) }
    if !failed.isEmpty { throw ExitCode(1) }
  }
}

/// What came of one behaviour.
struct Row: Sendable {
  let behaviour: Behaviour
  let text: Attack.Outcome
  let findings: [String]
  private let time: Duration
  private let memory: Int

  init(_ behaviour: Behaviour, _ executable: String) async throws {
    let attack = Attack(behaviour: behaviour, executable: executable)
    async let json = attack.run(.json)
    let text = try await attack.run(.text)
    let other = try await json
    self.behaviour = behaviour
    self.text = text
    time = max(text.time, other.time)
    memory = max(text.memory, other.memory)
    let findings = text.findings + other.findings.map { "as JSON: \($0)" }
    self.findings = findings
  }

  /// The first line that says what went wrong, or else what a commit did; without what differs from run to run.
  private var message: String {
    let errors = String(decoding: text.error, as: UTF8.self).split(separator: "\n")
    let results = String(decoding: text.output, as: UTF8.self).split(separator: "\n")
    let line =
      errors.first { $0.hasPrefix("error") } ?? errors.first { $0.hasPrefix("warning") }
      ?? (results + errors).first { $0.hasPrefix("committed") } ?? ""
    let plain = line.replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1").replacing(/\d{4}-\d\d-\d\dT[\d:.]+Z/, with: "…")
    return plain.count > 110 ? plain.prefix(109) + "…" : String(plain)
  }

  static func table(_ rows: [Row]) -> String {
    rows.map { row in
      let mark = row.findings.isEmpty ? "✓" : "✗"
      let seconds = String(format: "%5.1f s", row.time / .seconds(1))
      let memory = String(format: "%4d MB", row.memory >> 20)
      let name = row.behaviour.name.padding(toLength: 62, withPad: " ", startingAt: 0)
      let work = "\(row.behaviour.work)".padding(toLength: 11, withPad: " ", startingAt: 0)
      return "\(mark) \(work)\(name) \(String(format: "%4d", row.text.exit)) \(seconds) \(memory)  \(row.message)"
    }.joined(separator: "\n")
  }

  /// Figures as classes, so that the page changes only with what the product does.
  static func page(_ rows: [Row]) -> String {
    var text = """
      # Hostile servers

      `scripts/hostile` runs `wh` against servers on loopback that break the rules, one behaviour at a time, and made this page
      (`scripts/hostile --update`). Each runs twice: as text with a transcript and every report, and as JSON with a recording of
      the terminal. A row fails after a crash, an exit code that the contract does not allow, a run longer than the row's bound,
      or more than 200 MB of memory; if the key or a secret header is in any output, file or listing; or if a raw control or
      invisible character is. "within" is the row's bound; where the name says "until Ctrl-C", it is pressed after some seconds.

      | what the server does | met when | exit | within | memory | what is said |
      |---|---|---|---|---|---|

      """
    for row in rows {
      let name = row.behaviour.name, work = row.behaviour.work
      let memory = [50, 100, 200].first { row.memory >> 20 < $0 }.map { "< \($0) MB" } ?? "> 200 MB"
      let message = row.message.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("*", with: "\\*")
      text += "| \(name) | \(work) | \(row.text.exit) | \(row.behaviour.bound) s | \(memory) | \(message) |\n"
    }
    return text
  }
}
