import Foundation
import Testing
import WhAPI
import WhDomain
import WhTestSupport

@testable import WhSystem

@Suite("User commands")
struct CommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    // As in a run of `wh`: a command that stops reading is not a reason to end.
    signal(SIGPIPE, SIG_IGN)
  }

  private var shell: Shell {
    Shell(Environment(["PATH": "/usr/bin:/bin", "HOME": folder.path, "WH_API_KEY": "canary", "OTHER": "x y"]))
  }

  private func capture(_ command: String, seconds: Double = 60, bytes: Int = 1 << 16) async -> CapturedCommand.Result {
    await CapturedCommand(
      shell, clock: TimeSource.live.monotonic, mostTime: .seconds(seconds), mostBytes: bytes
    ).run(command)
  }

  private func text(_ name: String) throws -> String { try String(contentsOf: folder.url(name), encoding: .utf8) }

  // MARK: Handed a text

  @Test(
    "Exit statuses",
    arguments: [
      ("exit 0", .exited(0)), ("exit 7", .exited(7)), ("kill -TERM $$", .killed(signal: 15)),
      ("sh -c 'kill -9 $$'; exit $?", .killed(signal: 9)), ("exit 161", .exited(161)),
      ("/nowhere 2>/dev/null", .exited(127)),
    ] as [(String, CommandEnd)])
  func ends(command: String, end: CommandEnd) async {
    #expect(await SystemCommand(shell, hasInterrupts: false).run(command, input: "") == end)
  }

  @Test("It gets all of the text, and reading only a part is not an error")
  func input() async throws {
    let long = String(repeating: "0123456789abcde\n", count: 100_000)
    #expect(await SystemCommand(shell, hasInterrupts: false).run("cat > ~/all", input: long) == .exited(0))
    #expect(try text("all") == long)
    #expect(await SystemCommand(shell, hasInterrupts: false).run("head -1 > ~/one", input: long) == .exited(0))
    #expect(try text("one") == "0123456789abcde\n")
  }

  @Test("It ends when requested, even before it started")
  func termination() async throws {
    let command = SystemCommand(shell, hasInterrupts: false)
    let started = try Fifo(folder.path("started"))
    async let end = command.run("echo > ~/started; sleep 100", input: "")
    _ = await started.read()
    command.terminate()
    #expect(await end == .killed(signal: Int(SIGTERM)))

    let early = SystemCommand(shell, hasInterrupts: false)
    early.terminate()
    #expect(await early.run("sleep 100", input: "") == .killed(signal: Int(SIGTERM)))
  }

  // MARK: What it inherits

  @Test("Its environment has everything but the key", arguments: [true, false])
  func environment(isCaptured: Bool) async throws {
    if isCaptured {
      guard case .printed(let bytes) = await capture("env") else { return #expect(Bool(false)) }
      try Data(bytes).write(to: folder.url("env"))
    } else {
      #expect(await SystemCommand(shell, hasInterrupts: false).run("env > ~/env", input: "") == .exited(0))
    }
    let variables = try text("env").split(separator: "\n")
    #expect(variables.contains("OTHER=x y") && variables.contains("HOME=\(folder.path)"))
    #expect(!variables.contains { $0.contains("canary") || $0.hasPrefix("WH_API_KEY") })
  }

  @Test("No descriptors but the standard streams", arguments: [true, false])
  func descriptors(isCaptured: Bool) async throws {
    // One that is open across `exec`, as a library may leave one.
    let leak = open(folder.path("leak"), O_RDWR | O_CREAT, 0o600)
    try #require(leak > 2)
    defer { close(leak) }
    let list = "for d in /proc/self/fd /dev/fd; do test -d $d && ls $d && break; done"
    if isCaptured {
      guard case .printed(let bytes) = await capture("{ \(list); } > ~/fds; test ! -e /dev/fd/\(leak)") else {
        return #expect(Bool(false), "descriptor \(leak) was inherited")
      }
      #expect(bytes.isEmpty)
    } else {
      let end = await SystemCommand(shell, hasInterrupts: false).run(
        "{ \(list); } > ~/fds; test ! -e /dev/fd/\(leak)", input: "")
      #expect(end == .exited(0))
    }
    #expect(try text("fds").split(separator: "\n").count <= 4, "the three, and that of the folder")
  }

  // MARK: Captured

  @Test func captured() async {
    #expect(await capture("printf 'a\\nb'") == .printed(Array("a\nb".utf8)))
    #expect(await capture("exit 3") == .ended(.exited(3)))
    #expect(await capture("head -c 100 /dev/zero", bytes: 100) == .printed([UInt8](repeating: 0, count: 100)))
    #expect(await capture("head -c 101 /dev/zero", bytes: 100) == .printedTooMuch)
    #expect(await capture("cat") == .printed([]), "there is nothing to read")
  }

  @Test("All output before the end is kept", arguments: 0..<20)
  func nothingLost(round: Int) async {
    #expect(await capture("printf %s 0123456789; printf %s abcdef >&1") == .printed(Array("0123456789abcdef".utf8)))
  }

  @Test("A background process does not keep its output open, and is killed")
  func background() async throws {
    #expect(await capture("sleep 100 & echo $! > ~/pid; echo done") == .printed(Array("done\n".utf8)))
    let process = try #require(pid_t(try text("pid").trimmingCharacters(in: .newlines)))
    while isRunning(process) { await Task.yield() }
  }

  @Test("All of its processes are killed, even those that ignore signals")
  func stubborn() async throws {
    let started = try Fifo(folder.path("started"))
    let child = "trap '' TERM; echo $$ > ~/pid; echo > ~/started; while :; do sleep 1; done"
    let task = Task { await capture("trap '' TERM; sh -c \"\(child.replacing("$", with: "\\$"))\" & wait; sleep 100") }
    _ = await started.read()
    task.cancel()
    #expect(await task.value == .cancelled)
    let process = try #require(pid_t(try text("pid").trimmingCharacters(in: .newlines)))
    while isRunning(process) { await Task.yield() }
  }

  @Test func cancelled() async throws {
    let started = try Fifo(folder.path("started"))
    let task = Task { await capture("echo $$ > ~/pid; echo > ~/started; sleep 100") }
    _ = await started.read()
    task.cancel()
    #expect(await task.value == .cancelled)
    let process = try #require(pid_t(try text("pid").trimmingCharacters(in: .newlines)))
    while isRunning(process) { await Task.yield() }
  }

  @Test("A cancelled task runs nothing")
  func cancelledBefore() async {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await capture("sleep 100")
    }
    #expect(await task.value == .cancelled)
  }
}
