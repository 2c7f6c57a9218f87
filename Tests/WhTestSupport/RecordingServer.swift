import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An HTTP server on 127.0.0.1 that keeps every request and answers each by a function. It does not know the service, so
/// that it shares no errors with the sandbox. It stops when the test releases it.
package final class RecordingServer: Sendable {
  private let link: RecordingServerLink
  package let port: UInt16

  /// Listens on a free port.
  package init(_ answer: @escaping @Sendable (RecordedRequest) -> CannedAnswer) throws {
    let listener = socket(AF_INET, Self.stream, 0)
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard isListening else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    port = UInt16(bigEndian: address.sin_port)
    link = RecordingServerLink(listener: listener, answer: answer)
    Thread.detachNewThread { [link] in link.acceptAll() }
  }

  deinit { link.stop() }

  #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
  #endif

  /// Such as `http://127.0.0.1:40123`.
  package var url: String { "http://127.0.0.1:\(port)" }

  /// What came in so far, in order of arrival.
  package var requests: [RecordedRequest] { link.requests }

  /// Waits until every connection has ended, so that nothing is still to come of a client that was killed.
  package func drained() async throws {
    try await link.state.wait(for: "the end of every connection") { $0.connections.isEmpty }
  }

  /// How many connections were made so far, those without a request too.
  package var connectionCount: Int { link.connectionCount }
}

/// What a `RecordingServer` shares with its threads.
private final class RecordingServerLink: Sendable {
  struct State {
    var requests: [RecordedRequest] = []
    var connections: Set<Int32> = []
    var connectionCount = 0
    var isStopped = false
  }

  private let listener: Int32
  private let answer: @Sendable (RecordedRequest) -> CannedAnswer
  let state = Watched(State(), describe: { "\($0.connections.count) are open" })

  init(listener: Int32, answer: @escaping @Sendable (RecordedRequest) -> CannedAnswer) {
    self.listener = listener
    self.answer = answer
  }

  var requests: [RecordedRequest] { state.now.requests }
  var connectionCount: Int { state.now.connectionCount }

  /// Ends every call that blocks; the threads then close what is theirs.
  func stop() {
    state.change { state in
      state.isStopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
    }
  }

  func acceptAll() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
      guard connection >= 0 else { break }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      let isWelcome = state.change { state in
        guard !state.isStopped else { return false }
        state.connections.insert(connection)
        state.connectionCount += 1
        return true
      }
      guard isWelcome else {
        close(connection)
        break
      }
      Thread.detachNewThread { [self] in
        serve(connection)
        state.change { _ = $0.connections.remove(connection) }
        close(connection)
      }
    }
    close(listener)
  }

  private func serve(_ connection: Int32) {
    var buffer: [UInt8] = []
    while let request = Self.read(from: connection, &buffer) {
      state.change { $0.requests.append(request) }
      let answer = answer(request)
      guard !answer.isSilence, Self.write(answer.bytes, to: connection) else { return }
    }
  }

  /// The next request of a connection; nil at its end.
  private static func read(from connection: Int32, _ buffer: inout [UInt8]) -> RecordedRequest? {
    let mark = Array("\r\n\r\n".utf8)
    var end = find(mark, in: buffer)
    while end == nil {
      guard fill(&buffer, from: connection) else { return nil }
      end = find(mark, in: buffer)
    }
    guard let end else { return nil }
    let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    buffer.removeFirst(end + mark.count)
    let start = (lines.first ?? "").split(separator: " ").map(String.init)
    guard start.count == 3 else { return nil }
    let fields = lines.dropFirst().map { line in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      return (name: String(line[..<colon]), value: line[colon...].dropFirst().trimmingCharacters(in: .whitespaces))
    }
    var request = RecordedRequest(method: start[0], target: start[1], fields: fields, body: [])
    let length = request["Content-Length"].flatMap(Int.init) ?? 0
    while buffer.count < length {
      guard fill(&buffer, from: connection) else { return nil }
    }
    request.body = Array(buffer.prefix(length))
    buffer.removeFirst(length)
    return request
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first { bytes[$0...].starts(with: mark) }
  }

  private static func fill(_ buffer: inout [UInt8], from connection: Int32) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(connection, &chunk, chunk.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      buffer += chunk[..<count]
      return true
    }
  }

  private static func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
