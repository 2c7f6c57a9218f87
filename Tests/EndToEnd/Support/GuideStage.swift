import Foundation
import WhTestSupport

/// What the examples of the guide run with: the sandbox, a shared journal, and stand-ins for what a CI system has.
struct GuideStage {
  static let text = Result {
    try String(
      contentsOf: URL(fileURLWithPath: #filePath).appending(path: "../../../../docs/guides/ci.md").standardizedFileURL,
      encoding: .utf8)
  }

  static let script = """
    use app *
    webhook where event ~ MESSAGE_*
    rename event MESSAGE_CREATED to messages.sms.received, MESSAGE_SENT to messages.sms.sent, MESSAGE_DELIVERED to \
    messages.sms.delivered
    commit

    """

  /// The home of the person who looks at what the jobs did.
  let home: Home
  let sandbox: SandboxProcess
  let environment: [String: String]

  init() async throws {
    home = try Home()
    sandbox = try await SandboxProcess(home)
    try home.makeFolder("bin")
    try home.makeFolder("kept")
    try FileManager.default.createSymbolicLink(
      atPath: home.path("bin/wh"), withDestinationPath: BuiltProducts.path(of: "wh"))
    environment = sandbox.environment.merging([
      "WH_JOURNAL": try PostgresServer.shared().url(schema: SharedJournal.newSchema()),
      "PATH": home.path("bin") + ":/usr/bin:/bin", "KEPT": home.path("kept"),
    ]) { $1 }
  }

  /// Makes a program that only the CI system has.
  func provide(_ name: String, _ script: String) throws {
    let path = home.path("bin/" + name)
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// A runner with a checkout of the repository.
  func checkout() throws -> Home {
    let runner = try Home()
    try runner.write("webhooks/migrate.wh", Self.script)
    return runner
  }

  /// Runs the lines of a step as runners do: the first that fails ends it.
  func shell(_ script: String, _ runner: Home, _ extra: [String: String] = [:]) async throws -> WhRun {
    try await WhChild(
      runner, ["-e", "-o", "pipefail", "-c", script], executable: "/bin/bash",
      environment: environment.merging(extra) { $1 }
    ).finished()
  }

  /// Copies a file between a runner and what the CI system keeps.
  func keep(_ name: String, of runner: Home) throws {
    let kept = home.path("kept/" + name)
    try? FileManager.default.removeItem(atPath: kept)
    try FileManager.default.copyItem(atPath: runner.path("work/" + name), toPath: kept)
  }

  func restore(_ name: String, to runner: Home) throws {
    try FileManager.default.copyItem(atPath: home.path("kept/" + name), toPath: runner.path("work/" + name))
  }

  func kept(_ name: String) throws -> String { try home.text("kept/" + name) }

  func wh(_ arguments: String...) async throws -> WhRun { try await home.wh(arguments, environment: environment) }
}
