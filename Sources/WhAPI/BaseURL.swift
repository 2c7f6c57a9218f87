import WhDomain

/// Where the API lives: `https`, or plain `http` for this machine alone, so that a key never crosses a network in the clear.
package struct BaseURL: Hashable, Sendable, CustomStringConvertible {
  /// The service's own (api.md, "Operations").
  package static let service = BaseURL(scheme: "https", host: "api.buildwithchirp.com", port: nil, pathPrefix: "")

  /// `https` or `http`.
  package let scheme: String
  /// In lower case; an IPv6 address keeps its brackets.
  package let host: String
  package let port: Int?
  /// Empty, or begins with a `/` and does not end with one.
  package let pathPrefix: String
  /// The whole of it, which each request's URL begins with.
  package let description: String

  private init(scheme: String, host: String, port: Int?, pathPrefix: String) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.pathPrefix = pathPrefix
    description = Self.text(scheme, host, port, pathPrefix)
  }

  /// - Throws: `InvalidValue` for another scheme, plain `http` to another machine, a user name, a query or a fragment.
  package init(_ text: String) throws(InvalidValue) {
    guard text.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) && $0 != "\\" }) else {
      throw InvalidValue("contains an invalid character")
    }
    guard let schemeEnd = text.utf8.firstIndex(of: UInt8(ascii: ":")), text[schemeEnd...].hasPrefix("://") else {
      throw InvalidValue("must begin with https://")
    }
    scheme = text[..<schemeEnd].lowercased()
    guard scheme == "https" || scheme == "http" else { throw InvalidValue("must begin with https://") }
    let rest = text[schemeEnd...].dropFirst(3)
    guard !rest.contains("?"), !rest.contains("#") else { throw InvalidValue("has a query or a fragment") }
    let authority = rest.prefix { $0 != "/" }
    guard !authority.contains("@") else { throw InvalidValue("contains a user name") }
    (host, port) = try Self.split(authority)
    pathPrefix = try Self.path(rest[authority.endIndex...])
    description = Self.text(scheme, host, port, pathPrefix)
    guard scheme == "https" || isLoopback else {
      throw InvalidValue("must use https: plain http would send the key unencrypted")
    }
  }

  private static func text(_ scheme: String, _ host: String, _ port: Int?, _ pathPrefix: String) -> String {
    scheme + "://" + host + (port.map { ":\($0)" } ?? "") + pathPrefix
  }

  /// The whole URL of a path that begins with `/`.
  package func url(of path: String) -> String { description + path }

  /// True for `localhost`, 127.0.0.0/8 and `[::1]`, which only this machine answers.
  package var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" || host == "[0:0:0:0:0:0:0:1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.allSatisfy(\.isASCIIDigit) && (Int(part) ?? 256) < 256
      }
  }

  private static func split(_ authority: Substring) throws(InvalidValue) -> (host: String, port: Int?) {
    let host: Substring
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { throw InvalidValue("has an unbalanced bracket") }
      host = authority[...close]
      guard host.count > 2, host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        throw InvalidValue("has an invalid IPv6 address")
      }
    } else {
      host = authority.prefix { $0 != ":" }
      guard !host.isEmpty else { throw InvalidValue("has no host") }
      guard host.unicodeScalars.allSatisfy({ $0.isIdentifierScalar && $0 != "~" }) else {
        throw InvalidValue("has an invalid character in the host")
      }
    }
    let tail = authority[host.endIndex...]
    if tail.isEmpty { return (host.lowercased(), nil) }
    guard tail.hasPrefix(":"), tail.dropFirst().allSatisfy(\.isASCIIDigit), let port = Int(tail.dropFirst()),
      (1...65535).contains(port)
    else { throw InvalidValue("has a port that is not between 1 and 65535") }
    return (host.lowercased(), port)
  }

  private static func path(_ text: Substring) throws(InvalidValue) -> String {
    let segments = text.split(separator: "/")
    for segment in segments {
      guard segment != ".", segment != ".." else { throw InvalidValue("has a path with a `.` or `..` segment") }
      guard segment.unicodeScalars.allSatisfy({ $0.isIdentifierScalar || $0 == "%" }) else {
        throw InvalidValue("has a path with a character other than letters, digits and -._~")
      }
    }
    return segments.map { "/" + $0 }.joined()
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
