import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The one HTTP server of the tests: plain sockets on 127.0.0.1, a thread for each connection. It keeps every request and
/// does to the connection what a function says, whole answers and broken ones. It knows nothing of the API, so that it
/// shares no mistake with the stand-in. It stops when the test lets go of it.
package final class FakeService: Sendable {
  private let link: FakeServiceLink
  package let port: Int

  /// Listens on a free port, and answers each request whole.
  package convenience init(_ answer: @escaping @Sendable (RecordedRequest) -> CannedAnswer) throws {
    try self.init(link: { FakeServiceLink(listener: $0, script: { [.answer(answer($0))] }) })
  }

  /// Listens on a free port, and does to the connection of each request one step after the other.
  ///
  /// - Parameter greeting: what is done to each connection before a request has come.
  package static func scripted(
    greeting: [FakeStep] = [], _ script: @escaping @Sendable (RecordedRequest) -> [FakeStep]
  ) throws -> FakeService {
    try FakeService(link: { FakeServiceLink(listener: $0, greeting: greeting, script: script) })
  }

  private init(link: (_ listener: Int32) -> FakeServiceLink) throws {
    let (listener, port) = try LoopbackSocket.listen()
    self.port = port
    self.link = link(listener)
    Thread.detachNewThread { [link = self.link] in link.acceptAll() }
  }

  deinit { stop() }

  /// Refuses connections from now on, and ends those that are open.
  package func stop() { link.stop() }

  /// Such as `http://127.0.0.1:40123`.
  package var url: String { "http://127.0.0.1:\(port)" }

  /// What came in so far, in order of arrival.
  package var requests: [RecordedRequest] { link.state.now.requests }

  /// How many connections were made so far, those without a request too.
  package var connectionCount: Int { link.state.now.connectionCount }

  /// Waits until every connection has ended, so that nothing is still to come of a client that was killed.
  package func drained() async throws {
    try await link.state.wait(for: "the end of every connection") { $0.connections.isEmpty }
  }
}

/// What a `FakeService` shares with its threads.
private final class FakeServiceLink: Sendable {
  struct State {
    var requests: [RecordedRequest] = []
    var connections: Set<Int32> = []
    var connectionCount = 0
    var isStopped = false
  }

  private let listener: Int32
  private let greeting: [FakeStep]
  private let script: @Sendable (RecordedRequest) -> [FakeStep]
  let state = Watched(State(), describe: { "\($0.connections.count) are open" })

  init(
    listener: Int32, greeting: [FakeStep] = [], script: @escaping @Sendable (RecordedRequest) -> [FakeStep]
  ) {
    self.listener = listener
    self.greeting = greeting
    self.script = script
  }

  /// Ends every call that blocks; the threads then close what is theirs.
  func stop() {
    state.change { state in
      guard !state.isStopped else { return }
      state.isStopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
    }
  }

  func acceptAll() {
    while let connection = LoopbackSocket.accept(listener) {
      let number: Int? = state.change { state in
        guard !state.isStopped else { return nil }
        state.connections.insert(connection)
        state.connectionCount += 1
        return state.connectionCount
      }
      guard let number else {
        close(connection)
        break
      }
      Thread.detachNewThread { [self] in
        serve(connection, number)
        // Closed while it is still listed, so that its number can't be another connection's when that is listed.
        state.change { state in
          state.connections.remove(connection)
          close(connection)
        }
      }
    }
    close(listener)
  }

  private func serve(_ connection: Int32, _ number: Int) {
    for step in greeting {
      guard perform(step, on: connection) else { return }
    }
    var input = RequestReader(connection)
    while var request = input.next() {
      request.connection = number
      request = state.change { [request] state in
        var request = request
        request.number = state.requests.count + 1
        state.requests.append(request)
        return request
      }
      for step in script(request) {
        guard perform(step, on: connection) else { return }
      }
    }
  }

  /// False when the connection is over.
  private func perform(_ step: FakeStep, on connection: Int32) -> Bool {
    switch step {
    case .answer(let answer):
      return !answer.isSilence && LoopbackSocket.send(answer.bytes, to: connection)
    case .send(let bytes):
      return LoopbackSocket.send(bytes, to: connection)
    case .wait(let gate):
      gate.pass()
      return true
    case .pause(let time):
      Thread.sleep(forTimeInterval: time / .seconds(1))
      return true
    case .endless(let bytes, let pause):
      while LoopbackSocket.send(bytes, to: connection) {
        if pause > .zero { Thread.sleep(forTimeInterval: pause / .seconds(1)) }
      }
      return false
    case .close:
      return false
    case .reset:
      LoopbackSocket.reset(connection)
      return false
    }
  }
}
