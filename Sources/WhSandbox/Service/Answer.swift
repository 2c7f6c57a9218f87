import Foundation

/// An answer of the service, apart from the server that sends it.
struct Answer: Sendable {
  var status: Int
  var headers: [String: String] = [:]
  var body = Data()

  init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  init(status: Int = 200, json: JSON) {
    self.init(status: status, headers: ["Content-Type": "application/json"], body: Data(json.text.utf8))
  }

  /// 429 in the shape that the service's rate limiter has.
  static func tooManyRequests(retryAfter seconds: Int) -> Answer {
    let message = "Rate limit exceeded. Try again in \(seconds) seconds."
    var answer = Answer(status: 429, json: .object([JSON.Member("error", .string(message))]))
    answer.headers["Retry-After"] = String(seconds)
    return answer
  }

  /// A web page instead of an answer of the service's.
  static func page(_ status: Int, _ title: String) -> Answer {
    let page = """
      <html>
      <head><title>\(status) \(title)</title></head>
      <body><center><h1>\(status) \(title)</h1></center></body>
      </html>

      """
    return Answer(status: status, headers: ["Content-Type": "text/html"], body: Data(page.utf8))
  }

  /// 200 whose body says it is JSON and is not.
  static let garbled = Answer(
    status: 200, headers: ["Content-Type": "application/json"], body: Data("{\"id\": \"a0eebc99\", <<~~ \u{1}".utf8))

  var isSuccess: Bool {
    (200..<300).contains(status)
  }
}
