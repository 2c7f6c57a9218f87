import Foundation
import Synchronization
import Testing
import WhAPI
import WhDomain
import WhTestSupport

@testable import WhSystem

@Suite("X7, H6, S15: reading keys")
struct FaultsX7 {
  private static let key = "sk_admin_0123456789"

  private let folder: TemporaryFolder
  private let hidden = Hidden()

  init() throws {
    folder = try TemporaryFolder()
  }

  private final class Hidden: Sendable {
    private let state = Mutex<Set<String>>([])
    var texts: Set<String> { state.withLock(\.self) }
    func add(_ text: String) { state.withLock { _ = $0.insert(text) } }
  }

  private func source(_ variables: [String: String] = [:]) -> KeySource {
    let environment = Environment(["PATH": "/usr/bin:/bin", "HOME": folder.path].merging(variables) { $1 })
    let commands = KeyCommands(Shell(environment), clock: TimeSource.live.monotonic)
    let hidden = hidden
    return KeySource(environment, commands) { hidden.add($0) }
  }

  private func profile(command: String, within seconds: Int = 30) -> Configuration.Profile {
    var profile = Configuration.Profile(keyCommand: command)
    profile.keyTimeout = seconds
    return profile
  }

  private func write(_ bytes: [UInt8], mode: Int = 0o600) throws {
    try Data(bytes).write(to: folder.url("key"))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path("key"))
  }

  // MARK: Texts

  @Test(
    "X7: the first line counts, without a byte order mark and blanks around",
    arguments: ["KEY", "KEY\n", "  KEY \t\r\nsecond", "\u{FEFF}KEY\n", "\u{FEFF} KEY", "KEY\r\n\r\n"])
  func texts(form: String) async throws {
    let text = form.replacing("KEY", with: Self.key)
    try write(Array(text.utf8))
    let ofFile = try await source().key(of: Configuration.Profile(keyFile: "~/key"))
    #expect(ofFile?.key.secret.reveal() == Self.key)
    let ofVariable = try source(["WH_API_KEY": text]).keyOfEnvironment()
    #expect(ofVariable?.key.secret.reveal() == Self.key)
    let ofCommand = try await source().key(of: profile(command: "cat ~/key"))
    #expect(ofCommand?.key.secret.reveal() == Self.key)
  }

  @Test(
    "X7: an invalid key is refused without being shown",
    arguments: [
      ("\"\(key)\"", "is quoted"), ("'\(key)'", "is quoted"), ("“\(key)”", "is quoted"),
      ("\(key) canary", "contains a space"), ("\(key)\u{0}", "contains"), ("", "is empty"), ("\n\(key)", "is empty"),
      ("\(key)\u{200B}", "contains"),
    ])
  func noKeys(text: String, reason: String) async throws {
    try write(Array(text.utf8))
    for profile in [Configuration.Profile(keyFile: "~/key"), profile(command: "cat ~/key")] {
      let problem = await #expect(throws: KeyProblem.self) { try await source().key(of: profile) }
      #expect(problem?.message.contains(reason) == true, "\(problem?.message ?? "")")
      #expect(problem?.message.contains(Self.key) == false)
    }
    let first = text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    #expect(first.isEmpty || hidden.texts.contains(first))
  }

  @Test("X7: possible secrets in the following lines are hidden too")
  func linesBelow() async throws {
    try write(Array("\(Self.key)\nhunter2hunter2\nlogin: me\nhttps://api.example.com\nabc\n".utf8))
    _ = try await source().key(of: Configuration.Profile(keyFile: "~/key"))
    #expect(hidden.texts == [Self.key, "hunter2hunter2"])
  }

  // MARK: Files

  @Test(
    "X7: a file that others can read or change causes a warning",
    arguments: [(0o600, false), (0o400, false), (0o640, true), (0o604, true), (0o620, true)])
  func openToOthers(mode: Int, isWarned: Bool) async throws {
    try write(Array(Self.key.utf8), mode: mode)
    let reading = try #require(try await source().key(of: Configuration.Profile(keyFile: "~/key")))
    #expect((reading.warning != nil) == isWarned)
    #expect(reading.warning?.contains("~/key") != false)
  }

  @Test("H5: a pipe, a device or a missing file is refused at once")
  func noFiles() async throws {
    try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
    for (file, problem) in [
      ("~/pipe", KeyProblem.unreadable(file: "~/pipe", .notRegular)),
      ("/dev/zero", .unreadable(file: "/dev/zero", .notRegular)),
    ] {
      await #expect(throws: problem) { try await source().key(of: Configuration.Profile(keyFile: file)) }
    }
    let missing = await #expect(throws: KeyProblem.self) {
      try await source().key(of: Configuration.Profile(keyFile: "~/none"))
    }
    #expect(missing?.message == "the key file `~/none` can't be read: No such file or directory")
  }

  @Test func noKeyOfItsOwn() async throws {
    #expect(try await source().key(of: Configuration.Profile(baseURL: "https://example.com")) == nil)
    #expect(try source().keyOfEnvironment() == nil)
    #expect(try source(["WH_API_KEY": ""]).keyOfEnvironment() == nil)
  }

  // MARK: Commands

  @Test("S15: a command runs once, also when it fails", arguments: [0, 3])
  func once(status: Int) async throws {
    let source = source()
    let profile = profile(command: "echo x >> ~/runs; echo \(Self.key); exit \(status)")
    await withTaskGroup { group in
      for _ in 0..<4 { group.addTask { _ = try? await source.key(of: profile) } }
    }
    _ = try? await source.key(of: profile)
    #expect(try String(contentsOf: folder.url("runs"), encoding: .utf8) == "x\n")
  }

  @Test(
    "H6: the failure of a command is reported, but not its output",
    arguments: [
      ("echo canary; exit 3", 30, .commandEnded(.exited(3))), ("kill -9 $$", 30, .commandEnded(.killed(signal: 9))),
      ("nosuchcommand 2>/dev/null", 30, .commandEnded(.exited(127))),
      ("echo canary; sleep 100", 1, .commandTimedOut(seconds: 1)),
      ("yes canary", 30, .commandPrintedTooMuch(kibibytes: 64)),
      ("exec >&-; sleep 100", 1, .commandTimedOut(seconds: 1)), ("true", 30, .invalid(.commandOutput, "is empty")),
    ] as [(String, Int, KeyProblem)])
  func failures(command: String, seconds: Int, expected: KeyProblem) async throws {
    let problem = await #expect(throws: KeyProblem.self) {
      try await source().key(of: profile(command: command, within: seconds))
    }
    #expect(problem == expected)
    #expect(problem?.message.contains("canary") == false)
  }

  @Test("An interrupted command has not failed: it may run again")
  func interrupted() async throws {
    let started = try Fifo(folder.path("started"))
    let source = source()
    let profile = profile(command: "test -e ~/go || { echo > ~/started; sleep 100; }; echo \(Self.key)")
    let task = Task { try await source.key(of: profile) }
    _ = await started.read()
    task.cancel()
    await #expect(throws: KeyProblem.interrupted) { _ = try await task.value }
    try Data().write(to: folder.url("go"))
    #expect(try await source.key(of: profile)?.key.secret.reveal() == Self.key)
  }
}
