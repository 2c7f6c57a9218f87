import Foundation
import Testing
import WhTestSupport

/// The folder of whole sessions, each of which is replayed in its own sandbox.
enum Transcripts {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Transcripts")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".wh") }.sorted()
  }()

  /// Lays them into a home's working folder.
  static func copy(to home: Home) throws {
    for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      var isFolder: ObjCBool = false
      let path = folder.appending(path: file).path
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { continue }
      try home.write(file, bytes: Array(try Data(contentsOf: URL(filePath: path))))
    }
  }

  static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }
}

@Suite("Session transcripts")
struct TranscriptReplayTests {
  @Test("A session prints the recorded output", arguments: Transcripts.names)
  func replay(_ name: String) async throws {
    let home = try Home()
    try Transcripts.copy(to: home)
    let run = try await home.wh("replay", "--check", name, "--sandbox", "--yes")
    #expect(run.exit == 0, "\(run.testDescription)")
  }

  @Test("As a script it runs to the end, including failed statements", arguments: Transcripts.names)
  func run(_ name: String) async throws {
    let home = try Home()
    try Transcripts.copy(to: home)
    let run = try await home.wh("run", name, "--sandbox", "--yes", "--ignore-unfinished")
    #expect(run.exit == 0, "\(run.testDescription)")
  }

  @Test("There is one for each chapter of the language, and more")
  func count() {
    #expect(Transcripts.names.count >= 30)
  }

  @Test("The examples of the README are among them", arguments: ["readme-migration.wh", "readme-one-webhook.wh"])
  func readme(_ name: String) throws {
    let root = Transcripts.folder.deletingLastPathComponent().deletingLastPathComponent()
    let pages = try ["README.md", "examples/one-webhook.wh", "scripts/demo"].map {
      String(decoding: try Data(contentsOf: root.appending(path: $0)), as: UTF8.self)
    }
    let statements = try Transcripts.text(name).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(pages.contains { $0.contains(statements.joined(separator: "\n")) }, "\(statements)")
  }

  @Test(
    "A changed output is detected, and an update fixes the transcript",
    arguments: ["undo.wh", "create.wh", "errors.wh"])
  func drift(_ name: String) async throws {
    let home = try Home()
    try Transcripts.copy(to: home)
    let original = try Transcripts.text(name)
    // The last line that was printed is another one now.
    var lines = original.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let last = try #require(lines.lastIndex { $0.hasPrefix("#> ") || $0.hasPrefix("#! ") })
    let printed = lines[last]
    lines[last] = printed.prefix(3) + "something different"
    try home.write(name, lines.joined(separator: "\n"))

    let check = try await home.wh("replay", "--check", name, "--sandbox", "--yes")
    #expect(check.exit == 1, "\(check.testDescription)")
    #expect(check.output.contains("  - \(lines[last])\n"), "\(check.testDescription)")
    #expect(check.output.contains("  + \(printed)\n"), "\(check.testDescription)")
    #expect(check.output.hasSuffix("1 of \(count(check.output)) statements differ\n"), "\(check.testDescription)")
    #expect(try home.text("work/\(name)") == lines.joined(separator: "\n"))

    let other = try Home()
    try other.write(name, lines.joined(separator: "\n"))
    let update = try await other.wh("replay", "--update", name, "--sandbox", "--yes")
    #expect(update.exit == 0 && update.output == check.output, "\(update.testDescription)")
    #expect(try other.text("work/\(name)") == original, "nothing else is touched")
  }

  private func count(_ text: String) -> String {
    text.firstMatch(of: /of (\d+) statements differ\n$/).map { String($0.1) } ?? "?"
  }
}
