import CTestSupport
import Foundation
import WhTestSupport

/// Types at the prompt of a real `wh` on a terminal, and measures from each key to the last byte that it paints.
struct Typing {
  private let terminal: Int32
  private let clock = ContinuousClock()
  /// When the last key was pressed, and how long each of them took.
  private var pressed = ContinuousClock.now
  private var taken: [Duration] = []
  private var output: [UInt8] = []

  /// Without a byte for so long, everything is taken to be painted; what comes later all the same counts for the key before.
  private static let quiet: Int32 = 20
  private static let keys = 10_000
  private static let history = 10_000

  /// Starts it with the environment of this process, which names a server and a home.
  init(_ path: String) {
    var variables = ProcessInfo.processInfo.environment
    variables["TERM"] = "xterm-256color"
    variables["LC_ALL"] = "C.UTF-8"
    variables["NO_COLOR"] = nil
    Self.writeHistory(variables)
    var master: Int32 = -1
    let process = withCStrings([path]) { arguments in
      withCStrings(variables.map { "\($0.key)=\($0.value)" }) { assignments in
        cts_spawn(path, arguments, assignments, nil, 40, 120, &master)
      }
    }
    guard process > 0 else { fatalError("\(path) does not start") }
    terminal = master
  }

  /// Lists all that there is, types, and gives the median and the worst.
  mutating func run() -> (median: Duration, worst: Duration) {
    wait(for: "> ")
    send("use app *; webhook *\r")
    wait(for: " webhooks> ")
    while read(within: 1000) {}
    let lines = [
      "use app app-7, app-8 except app-9", "webhook whk_17 set url 'https://hooks.example.com/${app.slug}'",
      "webhook where event MESSAGE_SENT and (url ~ https://old.example.com/* or not header X-Team = blue) add event NOPE",
      "rename event MESSAGE_CREATED to messages.sms.received, MESSAGE_SENT to messages.sms.sent; commit # later",
    ]
    while taken.count < Self.keys {
      for line in lines {
        for character in line { press(String(character)) }
        press("\u{15}")
      }
    }
    taken.sort()
    return (taken[taken.count / 2], taken[taken.count - 1])
  }

  private mutating func press(_ key: String) {
    while read(within: 0) { noteTime() }
    pressed = clock.now
    send(key)
    taken.append(.zero)
    guard read(within: 5000) else { fatalError("nothing is painted for \(key.debugDescription)") }
    repeat { noteTime() } while read(within: Self.quiet)
  }

  private mutating func noteTime() {
    guard !taken.isEmpty else { return }
    taken[taken.count - 1] = clock.now - pressed
  }

  private mutating func wait(for text: String) {
    output = []
    while String(decoding: output.suffix(400), as: UTF8.self).contains(text) == false {
      guard read(within: 120_000) else { fatalError("no `\(text)`: \(String(decoding: output, as: UTF8.self))") }
    }
  }

  /// Reads what comes within so many milliseconds; false if nothing does.
  private mutating func read(within milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, milliseconds) > 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(terminal, &bytes, bytes.count)
    guard count > 0 else { fatalError("wh has ended") }
    if output.count > 1 << 20 { output.removeFirst(1 << 19) }
    output += bytes[..<count]
    return true
  }

  private func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(terminal, bytes, bytes.count)
  }

  /// A full history, of which no line begins as those that are typed.
  private static func writeHistory(_ variables: [String: String]) {
    guard let state = variables["XDG_STATE_HOME"] else { fatalError("XDG_STATE_HOME is not set") }
    let lines = (0..<history).map { "show webhooks by host > hosts-\($0).txt\n" }.joined()
    try? FileManager.default.createDirectory(atPath: state + "/wh", withIntermediateDirectories: true)
    try? Data(lines.utf8).write(to: URL(fileURLWithPath: state + "/wh/history"))
  }
}
