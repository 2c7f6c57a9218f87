import Foundation
import Synchronization
import Testing
import WhAPI
import WhDomain
import WhTestSupport

@testable import WhSystem

@Suite("X4: variables come from where others can't see them")
struct FaultsX4 {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    signal(SIGPIPE, SIG_IGN)
  }

  private func read(
    _ source: CommandLineVariable.Source, _ variables: [String: String] = [:],
    clock: @escaping @Sendable () -> Duration = TimeSource.live.monotonic
  ) async throws(VariableProblem) -> VariableReading {
    let environment = Environment(["PATH": "/usr/bin:/bin", "HOME": folder.path].merging(variables) { $1 })
    let reader = VariableReader(environment, Shell(environment), clock: clock)
    return try await reader.read(CommandLineVariable("TOKEN", source))
  }

  private func write(_ bytes: [UInt8], mode: Int = 0o600) throws {
    try Data(bytes).write(to: folder.url("secret"))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path("secret"))
  }

  @Test(
    "X4: of a file and of a command the text counts, without the line ends at its end",
    arguments: [
      ("abc", "abc"), ("abc\n", "abc"), ("abc\r\n", "abc"), ("abc\n\n\n", "abc"), (" abc ", " abc "),
      ("a\nb\n", "a\nb"),
      ("\u{FEFF}abc\n", "abc"), ("é\n", "é"), ("a=b", "a=b"), ("\nabc", "\nabc"),
    ])
  func texts(text: String, value: String) async throws {
    try write(Array(text.utf8))
    for source in [CommandLineVariable.Source.file("~/secret"), .file(folder.path("secret")), .command("cat ~/secret")]
    {
      #expect(try await read(source) == VariableReading(value: value, warning: nil))
    }
  }

  @Test("X4: a variable of the environment counts as it is")
  func environment() async throws {
    for text in ["abc", " a\nb\n", "a=b"] { #expect(try await read(.environment, ["TOKEN": text]).value == text) }
  }

  @Test("X4: what is absent or empty is refused")
  func absent() async throws {
    func problem(_ source: CommandLineVariable.Source, _ variables: [String: String] = [:]) async -> VariableProblem? {
      await #expect(throws: VariableProblem.self) { try await read(source, variables) }
    }
    #expect(await problem(.environment)?.kind == .notSet)
    #expect(await problem(.environment, ["TOKEN": ""])?.kind == .empty)
    #expect(await problem(.environment, ["token": "a"])?.kind == .notSet)
    #expect(await problem(.text(""))?.kind == .empty)
    for empty in ["", "\n", "\r\n\n", "\u{FEFF}\n"] {
      try write(Array(empty.utf8))
      #expect(await problem(.file("~/secret"))?.kind == .empty)
      #expect(await problem(.command("cat ~/secret"))?.kind == .empty)
    }
    try write([0x61, 0xFF])
    #expect(await problem(.file("~/secret"))?.kind == .notUTF8)
    #expect(await problem(.command("cat ~/secret"))?.kind == .notUTF8)
    #expect(await problem(.file("~/none"))?.message.hasPrefix("--var-file TOKEN: `~/none` can't be read: ") == true)
    #expect(await problem(.file("~"))?.message.contains("can't be read") == true)
    try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(await problem(.file("~/pipe"))?.kind == .unreadable(.notRegular))
  }

  @Test(
    "X4: a command that fails or never stops has no value",
    arguments: [
      ("exit 3", .commandEnded(.exited(3))), ("echo a; false", .commandEnded(.exited(1))),
      ("kill -9 $$", .commandEnded(.killed(signal: 9))), ("yes", .commandPrintedTooMuch(kibibytes: 64)),
    ] as [(String, VariableProblem.Kind)])
  func commands(command: String, kind: VariableProblem.Kind) async {
    let problem = await #expect(throws: VariableProblem.self) { try await read(.command(command)) }
    #expect(problem?.kind == kind && problem?.message.contains("canary") == false)
  }

  @Test("X4: a command that hangs times out")
  func hanging() async {
    let calls = Mutex(0)
    // Each look at it is half a minute after the one before.
    let clock: @Sendable () -> Duration = {
      calls.withLock {
        $0 += 1; return .seconds(31 * $0)
      }
    }
    let problem = await #expect(throws: VariableProblem.self) { try await read(.command("sleep 1000"), clock: clock) }
    #expect(problem?.kind == .commandTimedOut(seconds: 30))
  }

  @Test("X4: a file that others can read causes a warning", arguments: [(0o600, false), (0o640, true), (0o604, true)])
  func modes(mode: Int, isWarned: Bool) async throws {
    try write(Array("abc".utf8), mode: mode)
    let reading = try await read(.file("~/secret"))
    #expect(reading.value == "abc" && (reading.warning != nil) == isWarned)
    #expect(reading.warning?.contains("chmod 600") != false)
  }

  @Test("X4: all but --var are secrets whatever their names say")
  func secrecy() {
    let sources: [(CommandLineVariable.Source, Bool)] = [
      (.text("a"), false), (.environment, true), (.file("a"), true), (.command("a"), true),
    ]
    for (source, isSecret) in sources { #expect(CommandLineVariable("x", source).isSecret == isSecret) }
  }
}
