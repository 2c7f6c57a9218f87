import Foundation

/// Reads requests off a connection (RFC 9112). Everything has a bound, and the work is linear in what is read.
struct RequestReader {
  /// Why there is no request.
  enum Problem: Error {
    /// The connection ended, or was too slow.
    case ended
    /// The request can't be read, and nothing after it either.
    case refused(status: Int, _ message: String)
  }

  /// The head of a request, and what it says of the body.
  struct Head {
    var request: Request
    var isLast: Bool
    var body: BodyLength
    var expectsContinue: Bool
  }

  /// How a body is delimited.
  enum BodyLength: Equatable {
    case bytes(Int)
    case chunked
  }

  static let longestLine = 16 * 1024
  static let largestHead = 64 * 1024
  /// The largest body that is taken.
  static let largestBody = 1 << 20
  /// The most that is read of a larger one, so that the next request can follow it.
  static let mostRead = 4 << 20
  /// How long a request may take to arrive, from its first byte.
  private static let patience = Duration.seconds(60)

  private let file: Int32
  private var buffer: [UInt8] = []
  /// Where in `buffer` the next byte is.
  private var next = 0
  /// When the request must be complete; nil between two.
  private var deadline: ContinuousClock.Instant?

  init(_ file: Int32) {
    self.file = file
  }

  /// Reads the head of the next request, which may be long in coming.
  mutating func head() throws(Problem) -> Head {
    deadline = nil
    if next == buffer.count { try fill() }
    deadline = .now + Self.patience
    var budget = Self.largestHead
    var first = try line(&budget)
    // Some clients send an empty line after a body.
    while first.isEmpty { first = try line(&budget) }
    var head = try Self.requestLine(first)
    var lengths: Set<String> = []
    var coding: String?
    while true {
      let line = try line(&budget)
      if line.isEmpty { break }
      let (name, value) = try Self.field(line)
      switch name {
      case "authorization": head.request.authorization = value
      case "content-type": head.request.contentType = value
      case "content-length": lengths.insert(value)
      case "transfer-encoding": coding = coding.map { "\($0),\(value)" } ?? value
      case "connection": head.isLast = head.isLast || Self.tokens(value).contains("close")
      case "expect": head.expectsContinue = value.lowercased() == "100-continue"
      default: break
      }
    }
    head.body = try Self.bodyLength(lengths, coding)
    return head
  }

  /// Reads the body of the request whose head was read last.
  /// - Returns: nil for one that is too large, which was read all the same.
  mutating func body(_ length: BodyLength) throws(Problem) -> Data? {
    var body = Data()
    var size = 0
    switch length {
    case .bytes(let count): try read(count, into: &body, &size)
    case .chunked:
      while true {
        var budget = Self.longestLine
        let line = try line(&budget)
        let digits = String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
          .trimmingCharacters(in: .whitespaces)
        guard digits.utf8.count <= 8, !digits.hasPrefix("+"), let count = Int(digits, radix: 16), count >= 0 else {
          throw .refused(status: 400, "A chunk has no size.")
        }
        if count == 0 { break }
        try read(count, into: &body, &size)
        guard try self.line(&budget).isEmpty else { throw .refused(status: 400, "A chunk is longer than its size.") }
      }
      var budget = Self.largestHead
      while try !line(&budget).isEmpty {}
    }
    return size > Self.largestBody ? nil : body
  }

  /// Drops what still arrives, for a moment, so that a client that sends can read the answer.
  mutating func drain() {
    deadline = .now + .milliseconds(300)
    var rest = Self.mostRead
    while rest > 0 {
      next = buffer.count
      guard (try? fill()) != nil else { return }
      rest -= buffer.count
    }
  }

  // MARK: Bytes

  /// The next line without its end.
  /// - Parameter budget: how many bytes the lines may have, less those that were read.
  private mutating func line(_ budget: inout Int) throws(Problem) -> [UInt8] {
    var seen = 0
    while true {
      if let end = buffer[(next + seen)...].firstIndex(of: UInt8(ascii: "\n")) {
        var line = buffer[next..<end]
        budget -= line.count + 1
        guard line.count <= Self.longestLine, budget >= 0 else { throw .tooLong }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        next = end + 1
        return Array(line)
      }
      seen = buffer.count - next
      guard seen <= Self.longestLine, seen <= budget else { throw .tooLong }
      try fill()
    }
  }

  private mutating func read(_ count: Int, into body: inout Data, _ size: inout Int) throws(Problem) {
    var rest = count
    while rest > 0 {
      if next == buffer.count { try fill() }
      let piece = buffer[next..<min(buffer.count, next + rest)]
      size += piece.count
      guard size <= Self.mostRead else { throw .refused(status: 413, "The request body is over 4 MiB.") }
      if size <= Self.largestBody { body.append(contentsOf: piece) }
      next += piece.count
      rest -= piece.count
    }
  }

  /// Waits for more bytes.
  private mutating func fill() throws(Problem) {
    buffer.removeFirst(next)
    next = 0
    var waiting = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    var timeout: Int32 = -1
    if let deadline {
      timeout = Int32(clamping: Int((deadline - .now) / .milliseconds(1)))
      guard timeout > 0 else { throw .ended }
    }
    let ready = poll(&waiting, 1, timeout)
    if ready < 0, errno == EINTR { return }
    guard ready > 0 else { throw .ended }
    var piece = [UInt8](repeating: 0, count: 16 * 1024)
    let count = recv(file, &piece, piece.count, 0)
    if count < 0, errno == EINTR { return }
    guard count > 0 else { throw .ended }
    buffer += piece.prefix(count)
  }

  // MARK: Syntax

  private static func requestLine(_ line: [UInt8]) throws(Problem) -> Head {
    let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .refused(status: 400, "The request line is not valid.") }
    let (method, target, version) = (text(parts[0]), text(parts[1]), text(parts[2]))
    guard HeaderSyntax.isName(method), !target.isEmpty else {
      throw .refused(status: 400, "The request line is not valid.")
    }
    guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
      throw .refused(status: 505, "The version of HTTP is not supported.")
    }
    let pieces = path(target).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return Head(
      request: Request(method: method, path: String(pieces[0]), query: pieces.count > 1 ? String(pieces[1]) : ""),
      isLast: version == "HTTP/1.0", body: .bytes(0), expectsContinue: false)
  }

  /// A target without scheme and host, which clients of proxies send.
  private static func path(_ target: String) -> Substring {
    guard !target.hasPrefix("/"), let scheme = target.range(of: "://") else { return target[...] }
    return target[scheme.upperBound...].drop { $0 != "/" }
  }

  private static func field(_ line: [UInt8]) throws(Problem) -> (name: String, value: String) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
      throw .refused(status: 400, "A header field has no colon.")
    }
    let name = text(line[..<colon])
    guard HeaderSyntax.isName(name) else { throw .refused(status: 400, "The name of a header field is not valid.") }
    return (name.lowercased(), text(line[(colon + 1)...]).trimmingCharacters(in: .whitespaces))
  }

  private static func bodyLength(_ lengths: Set<String>, _ coding: String?) throws(Problem) -> BodyLength {
    if let coding {
      guard lengths.isEmpty, tokens(coding) == ["chunked"] else {
        throw .refused(status: 400, "The length of the body is not clear.")
      }
      return .chunked
    }
    guard let length = lengths.first else { return .bytes(0) }
    guard lengths.count == 1, length.utf8.count <= 15,
      length.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let count = Int(length)
    else { throw .refused(status: 400, "The length of the body is not valid.") }
    return .bytes(count)
  }

  private static func tokens(_ list: String) -> [String] {
    list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
  }

  private static func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

extension RequestReader.Problem {
  fileprivate static let tooLong = RequestReader.Problem.refused(status: 431, "The head of the request is too long.")
}
