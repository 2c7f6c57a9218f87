import CTestSupport
import Foundation
import WhTestSupport

/// One run of `wh` against a behaviour.
struct Attack: Sendable {
  /// What is printed, and where the session is kept.
  enum Form: CaseIterable, Sendable {
    /// Text with a transcript and every kind of report.
    case text
    /// JSON with a recording of the terminal.
    case json

    var arguments: [String] {
      switch self {
      case .text:
        ["--transcript", "kept.wh", "--verbose", "--color", "never"]
          + ["junit=report.xml", "json=report.json", "html=report.html", "markdown=report.md", "github=report.txt"]
          .flatMap { ["--report", $0] }
      case .json: ["--transcript", "kept.cast", "--output", "json", "--color", "never"]
      }
    }
  }

  struct Outcome: Sendable {
    let exit: Int32
    let time: Duration
    /// In bytes.
    let memory: Int
    let output: [UInt8]
    let error: [UInt8]
    /// Why the row fails.
    var findings: [String]
  }

  let behaviour: Behaviour
  let executable: String

  static let mostMemory = 200 << 20

  /// The server that behaves so.
  func serve(other: String) throws -> FakeService {
    let behaviour = behaviour
    let count = Watched(0)
    let ordinary = OneWebhook(headers: ["X-Api-Key": Canary.held.text, "X-Team": "support"])
    return try FakeService.scripted(greeting: behaviour.greeting) { request in
      let answer = ordinary.answer(request)
      guard behaviour.work.isMet(by: request) else { return [.answer(answer)] }
      let number = count.change { count in
        count += 1
        return count
      }
      return behaviour.steps(Meeting(request: request, number: number, other: other, ordinary: answer))
    }
  }

  func run(_ form: Form) async throws -> Outcome {
    let other = try FakeService { _ in .json(200, "{}") }
    let server = try serve(other: other.url)
    let home = try HostileHome()
    try home.write("script.wh", behaviour.work.script)
    let url = behaviour.isTLS ? "https://127.0.0.1:\(server.port)" : server.url
    let variables = ["WH_BASE_URL": url, "WH_API_KEY": Canary.apiKey]
    let patience = Duration.seconds(behaviour.bound)
    var outcome = try await HostileChild(executable, home, ["run", "script.wh", "--yes"] + form.arguments, variables)
      .outcome(interruptedAfter: behaviour.patience.map { .seconds($0) }, within: patience)
    for arguments in [["runs"], ["runs", "1"]] {
      let listing = try await HostileChild(executable, home, arguments, variables).outcome(within: .seconds(20))
      outcome.findings += listing.findings.map { "wh \(arguments.joined(separator: " ")): \($0)" }
      outcome.findings += Sinks.findings(in: listing.output + listing.error, "wh runs")
    }
    outcome.findings += Sinks.findings(in: outcome.output, "standard output")
    outcome.findings += Sinks.findings(in: outcome.error, "standard error")
    outcome.findings += home.findings()
    if !other.requests.isEmpty || other.connectionCount > 0 { outcome.findings.append("the other server was called") }
    if !behaviour.exits.contains(outcome.exit) { outcome.findings.append("exit \(outcome.exit)") }
    if outcome.output.isEmpty && outcome.error.isEmpty && outcome.exit != 0 { outcome.findings.append("says nothing") }
    return outcome
  }
}

/// What must not be where people or programs read it.
enum Sinks {
  static func findings(in bytes: [UInt8], _ sink: String) -> [String] {
    var findings = secrets(in: bytes, [.key, .held], sink)
    guard let text = String(validating: bytes, as: UTF8.self) else { return findings + ["\(sink) is not UTF-8"] }
    if let hazard = text.unicodeScalars.first(where: isHazard) {
      findings.append("\(sink) has a raw U+\(String(hazard.value, radix: 16, uppercase: true))")
    }
    return findings
  }

  static func secrets(in bytes: [UInt8], _ canaries: [Canary], _ sink: String) -> [String] {
    canaries.compactMap { $0.piece(in: bytes) }.map { "\(sink) has a secret: \($0)" }
      + (canaries.contains { $0.text == Canary.key.text }
        && holds(Base64.text(Array("Bearer \(Canary.apiKey)".utf8)), bytes)
        ? ["\(sink) has the key in base64"] : [])
  }

  private static func holds(_ text: String, _ bytes: [UInt8]) -> Bool {
    Data(bytes).range(of: Data(text.utf8.dropFirst(12).prefix(20))) != nil
  }

  private static func isHazard(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }
}

/// The folders of one run.
final class HostileHome: Sendable {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["home", "config", "state", "data", "work"] {
      try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }
  }

  var work: String { folder.path("work") }

  var environment: [String: String] {
    [
      "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no", "HOME": folder.path("home"),
      "XDG_CONFIG_HOME": folder.path("config"), "XDG_STATE_HOME": folder.path("state"),
      "XDG_DATA_HOME": folder.path("data"),
    ]
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.url("work/" + name))
  }

  /// Of every file that was written. The journal alone may hold header values, because `undo` needs them.
  func findings() -> [String] {
    (FileManager.default.subpaths(atPath: folder.path) ?? []).flatMap { name -> [String] in
      guard let data = try? Data(contentsOf: folder.url(name)), name != "work/script.wh" else { return [] }
      let bytes = Array(data)
      return name.hasPrefix("work/")
        ? Sinks.findings(in: bytes, String(name.dropFirst(5)))
        : Sinks.secrets(in: bytes, name.contains("journal") ? [.key] : [.key, .held], name)
    }
  }
}

/// A process with its streams, its time and its memory.
struct HostileChild {
  private let process: Int32
  private let output: Pipe
  private let error: Pipe
  private let start = ContinuousClock.now

  init(_ executable: String, _ home: HostileHome, _ arguments: [String], _ variables: [String: String]) throws {
    let (input, output, error) = (Pipe(), Pipe(), Pipe())
    let streams = [input.fileHandleForReading, output.fileHandleForWriting, error.fileHandleForWriting]
    let descriptors = streams.map(\.fileDescriptor)
    let environment = home.environment.merging(variables) { $1 }.map { "\($0.key)=\($0.value)" }
    process = withCStrings([executable] + arguments) { arguments in
      withCStrings(environment) { environment in
        cts_spawn_with_streams(executable, arguments, environment, home.work, descriptors)
      }
    }
    for stream in streams { try stream.close() }
    guard process > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EAGAIN) }
    (self.output, self.error) = (output, error)
  }

  /// Waits for its end. One that takes longer than it may is killed, which is a finding.
  func outcome(interruptedAfter patience: Duration? = nil, within bound: Duration) async throws -> Attack.Outcome {
    let (output, error) = (Self.read(self.output), Self.read(self.error))
    let ended = Watched<(status: Int32, memory: Int)?>(nil)
    let peak = Watched(0)
    let process = process
    Thread.detachNewThread {
      var (status, usage) = (Int32(0), rusage())
      while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
      // The memory of a new process counts from that of its parent on.
      var own = rusage()
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
      let memory = usage.ru_maxrss > own.ru_maxrss ? usage.ru_maxrss * 1024 : 0
      ended.change { $0 = (status, memory) }
    }
    Thread.detachNewThread {
      while ended.now == nil {
        let memory = Self.peakMemory(of: process)
        peak.change { $0 = max($0, memory) }
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
    var findings: [String] = []
    if let patience, await !Self.isOver(ended, within: patience) { kill(process, SIGINT) }
    if await !Self.isOver(ended, within: bound - (ContinuousClock.now - start)) {
      findings.append("longer than \(bound / .seconds(1)) s")
      kill(process, SIGKILL)
    }
    let end = try await ended.wait(for: "the end of wh") { $0 != nil }
    let time = ContinuousClock.now - start
    let status = end?.status ?? 0
    let signal = status & 0x7F
    if signal != 0, findings.isEmpty { findings.append("ended by signal \(signal)") }
    let memory = max(peak.now, end?.memory ?? 0)
    if memory > Attack.mostMemory { findings.append("\(memory >> 20) MB of memory") }
    return Attack.Outcome(
      exit: signal == 0 ? status >> 8 & 0xFF : 128 + signal, time: time, memory: memory,
      output: try await output.wait(for: "the end of standard output") { $0 != nil } ?? [],
      error: try await error.wait(for: "the end of standard error") { $0 != nil } ?? [], findings: findings)
  }

  private static func isOver(_ ended: Watched<(status: Int32, memory: Int)?>, within time: Duration) async -> Bool {
    (try? await ended.wait(for: "the end of wh", within: max(time, .zero)) { $0 != nil }) != nil
  }

  private static func read(_ pipe: Pipe) -> Watched<[UInt8]?> {
    let result = Watched<[UInt8]?>(nil)
    Thread.detachNewThread {
      let data = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
      result.change { $0 = Array(data ?? Data()) }
    }
    return result
  }

  /// In bytes; 0 once it has ended.
  private static func peakMemory(of process: Int32) -> Int {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      // Before it is that program it is a copy of this one.
      text.hasPrefix("Name:\twh\n")
    else { return 0 }
    return (Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0) * 1024
  }
}
