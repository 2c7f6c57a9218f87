import Foundation
import Testing

/// One HTTP answer, taken apart without the help of the code under test.
struct Reply {
  var status: Int
  /// By lower-case name.
  var headers: [String: String]
  var body: Data

  /// Reads the answers in `bytes`, one after the other.
  static func all(in bytes: Data) throws -> [Reply] {
    var replies: [Reply] = []
    var rest = bytes
    while !rest.isEmpty {
      let end = try #require(rest.firstRange(of: Data("\r\n\r\n".utf8)), "no end of the head")
      let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
      let status = try #require(Int(lines[0].split(separator: " ")[1]))
      var headers: [String: String] = [:]
      for line in lines.dropFirst() {
        let colon = try #require(line.firstIndex(of: ":"))
        headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
      let length = headers["content-length"].flatMap(Int.init) ?? 0
      let body = rest[end.upperBound...].prefix(length)
      replies.append(Reply(status: status, headers: headers, body: Data(body)))
      rest = Data(rest[end.upperBound...].dropFirst(length))
    }
    return replies
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as a JSON object.
  var object: [String: Any] {
    get throws { try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any], "\(text)") }
  }

  /// The objects of a list's member `name`.
  func items(_ name: String) throws -> [[String: Any]] {
    try #require(try object[name] as? [[String: Any]])
  }

  /// A member of the object that stands under `error`.
  func error(_ name: String) throws -> String? {
    try #require(try object["error"] as? [String: Any], "\(text)")[name] as? String
  }
}
