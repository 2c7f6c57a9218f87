import Foundation
import Testing
import WhTestSupport

/// The pages of `docs/jobs`: their scripts are those of `examples`, and each command prints what its page shows.
///
/// `WH_JOBS=record` writes the output of this build into the pages.
@Suite("The jobs of the documentation", .serialized)
struct JobsTests {
  private static let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardizedFileURL
  static let pages: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "docs/jobs").path)) ?? [])
    .filter { $0.hasSuffix(".md") && $0 != "README.md" }.sorted()

  @Test("There are pages, and the list names each")
  func areListed() throws {
    #expect(Self.pages.count >= 15)
    let list = try String(contentsOf: Self.root.appending(path: "docs/jobs/README.md"), encoding: .utf8)
    for page in Self.pages { #expect(list.contains("(\(page))"), "\(page)") }
  }

  @Test("Each page prints what it shows", arguments: pages)
  func isTrue(page: String) async throws {
    let file = Self.root.appending(path: "docs/jobs/" + page)
    let text = try String(contentsOf: file, encoding: .utf8)
    let home = try Home()
    try provideExamples(home)
    let servers = try await startServers(of: text, home)
    defer { withExtendedLifetime(servers) {} }
    let journal =
      text.contains("<!-- shared journal -->")
      ? ["WH_JOURNAL": try PostgresServer.shared().url(schema: SharedJournal.newSchema())] : [:]
    var result: [String] = []
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = lines.popFirst() {
      result.append(line)
      guard line.hasPrefix("```"), line.count > 3 else { continue }
      var body: [String] = []
      while let next = lines.popFirst(), next != "```" { body.append(next) }
      let words = line.dropFirst(3).split(separator: " ").map(String.init)
      if words.first == "console" {
        body = try await run(body, home, with: journal)
      } else if let name = words.dropFirst().first {
        let example = try String(contentsOf: Self.root.appending(path: "examples/" + name), encoding: .utf8)
        #expect(body.joined(separator: "\n") + "\n" == example, "\(page) shows another \(name)")
      }
      result += body + ["```"]
    }
    let printed = result.joined(separator: "\n")
    if Self.masked(printed) == Self.masked(text) { return }
    if ProcessInfo.processInfo.environment["WH_JOBS"] == "record" {
      try printed.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(page) was recorded")
    } else {
      let pairs = zip(Self.masked(printed).split(separator: "\n"), Self.masked(text).split(separator: "\n"))
      let first = pairs.first { $0 != $1 }
      Issue.record("\(page) shows another output: \(first.map { "\($0)\ninstead of\n\($1)" } ?? "more or fewer lines")")
    }
  }

  /// Runs the commands of a block, each after `$`, and puts what they print below them.
  private func run(
    _ block: [String], _ home: Home, with variables: [String: String]
  ) async throws -> [String] {
    var lines: [String] = []
    for command in block where command.hasPrefix("$ ") {
      lines.append(command)
      let run = try await home.shell(String(command.dropFirst(2)), variables)
      lines += run.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
    }
    return lines
  }

  /// Starts a server for each profile that a page says it has, and writes them into the configuration. A page says so in a
  /// comment, with the options of its server: `<!-- profile NAME OPTIONS -->`; without a key after `<!-- profile NAME keyless`.
  private func startServers(of page: String, _ home: Home) async throws -> [SandboxProcess] {
    var servers: [SandboxProcess] = []
    var configuration = ""
    for line in page.split(separator: "\n") where line.hasPrefix("<!-- profile ") {
      let words = line.split(separator: " ").dropFirst(2).dropLast().map(String.init)
      let name = try #require(words.first)
      let isKeyless = words.contains("keyless")
      let options = words.dropFirst().filter { $0 != "keyless" }
      let server = try await SandboxProcess(home, ["--data", home.path("data/\(name).sqlite")] + options)
      servers.append(server)
      configuration += "[profiles.\(name)]\nbase_url = \"\(server.url)\"\n"
      if isKeyless { continue }
      let key = home.path("config/\(name).key")
      try Data(server.key.utf8).write(to: URL(fileURLWithPath: key))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
      configuration += "key_file = \"\(key)\"\n"
    }
    if !configuration.isEmpty { try home.configure(configuration) }
    return servers
  }

  private func provideExamples(_ home: Home) throws {
    let folder = Self.root.appending(path: "examples")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try home.write(name, bytes: Array(try Data(contentsOf: folder.appending(path: name))))
    }
  }

  /// The text without what differs from run to run: times, ids that the service gives, and ports.
  private static func masked(_ text: String) -> String {
    text.replacing(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(\ ?UTC|Z)?/, with: "TIME")
      .replacing(/whk_[A-Za-z0-9]{27}/, with: "WEBHOOK").replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT")
      .replacing(/\b\d+(\.\d+)? (ms|s|min)\b/, with: "DURATION")
      .replacing(/time="[0-9.]+"/, with: "time=DURATION").replacing(/\((run) \d+\)/, with: "(run N)")
  }
}

extension Home {
  /// Runs a command of the shell in the working folder, with `wh` in its path.
  ///
  /// - Returns: what it prints, errors too, and its exit code in brackets where that is not 0.
  fileprivate func shell(_ command: String, _ variables: [String: String]) async throws -> String {
    let links = path("bin")
    try makeFolder("bin")
    if !FileManager.default.fileExists(atPath: links + "/wh") {
      try FileManager.default.createSymbolicLink(
        atPath: links + "/wh", withDestinationPath: BuiltProducts.path(of: "wh"))
    }
    return try await ChildLimit.shared.with {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", "{ \(command)\n} 2>&1"]
      process.currentDirectoryURL = URL(fileURLWithPath: work)
      process.environment = environment.merging(variables) { $1 }.merging(["PATH": links + ":/usr/bin:/bin"]) { $1 }
      process.standardInput = FileHandle.nullDevice
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      process.waitUntilExit()
      return output + (process.terminationStatus == 0 ? "" : "[exit \(process.terminationStatus)]\n")
    }
  }
}
