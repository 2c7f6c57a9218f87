import Testing
import WhDomain

@testable import WhAPI

@Suite("R8: what the service said is shown")
struct FaultsR8 {
  private static func description(_ status: Int, _ body: String) -> String {
    "\(APIError(refused: HTTPResponse(status: status, body: Array(body.utf8)), now: .zero))"
  }

  @Test("R8: status, code, message, param and doc_url", arguments: [400, 402, 404, 409, 422, 424, 500])
  func all(status: Int) {
    let body =
      #"{"error":{"type":"t","code":"bad","message":"No good","param":"events[1]","doc_url":"https://d.example/e#bad"}}"#
    #expect(Self.description(status, body) == "HTTP \(status) bad: No good (events[1]; see https://d.example/e#bad)")
  }

  @Test(
    "R8: each of them alone",
    arguments: [
      (#""code":"bad""#, "HTTP 400 bad: M"), (#""param":"url""#, "HTTP 400: M (url)"),
      (#""doc_url":"https://d""#, "HTTP 400: M (see https://d)"), (#""param":null,"code":null"#, "HTTP 400: M"),
      (#""param":{},"code":7"#, "HTTP 400: M"),
    ])
  func some(fields: String, description: String) {
    #expect(Self.description(400, #"{"error":{"type":"t","message":"M",\#(fields)}}"#) == description)
  }

  @Test(
    "R8: the message of a server or a gateway in other forms",
    arguments: [
      (#"{"error":"Webhook not found"}"#, "Webhook not found"), (#"{"message":"Slow down"}"#, "Slow down"),
      (#"{"statusCode":404,"message":"Webhook not found","error":"Not Found"}"#, "Webhook not found"),
      (
        #"{"statusCode":400,"message":["url is bad","events is bad"],"error":"Bad Request"}"#,
        "url is bad; events is bad"
      ),
      (#"{"message":[],"error":"Bad Request"}"#, "Bad Request"), (#"{"message":"","error":"Gone"}"#, "Gone"),
      (#"{"errors":[{"message":"limit is bad","field":"limit"}]}"#, "limit is bad"), (#"{"errors":["a","b"]}"#, "a; b"),
      (#"{"type":"https://p","title":"Bad Request","detail":"limit is bad","status":400}"#, "limit is bad"),
      (#"{"title":"Bad Request"}"#, "Bad Request"), (#"{"error":{"message":{"message":"deep"}}}"#, "deep"),
      (#"{"error":{}}"#, "the response has no error message"),
      (#"{"error":null}"#, "the response has no error message"),
      ("[1]", "the response has no error message"), ("", "the response has no body"),
      ("<h1>Bad gateway</h1>", "the response is not JSON: <h1>Bad gateway</h1>"),
    ])
  func forms(body: String, message: String) {
    #expect(Self.description(502, body) == "HTTP 502: \(message)")
  }

  @Test("R8: of many messages some are shown")
  func many() {
    let list = (1...1000).map { "\"m\($0)\"" }.joined(separator: ",")
    #expect(Self.description(400, #"{"message":[\#(list)]}"#) == "HTTP 400: m1; m2; m3; m4; m5")
  }
}
