import Testing
import WhDomain

@testable import WhAPI

/// Texts of an error are shown, and so have an end.
@Suite("R8: what an error says is cut to what people read")
struct FaultsR8Length {
  /// Long in bytes, in scalars and in what is one character to a reader.
  static let texts = [
    String(repeating: "no ", count: 400_000), "e" + String(repeating: "\u{301}", count: 1_000_000),
    String(repeating: "👩‍👩‍👧‍👦", count: 100_000), String(repeating: "日", count: 300_000),
  ]

  private func error(_ members: String) -> APIError {
    let body = #"{"error":{"type":"invalid_request_error",\#(members)}}"#
    return APIError(refused: HTTPResponse(status: 400, body: Array(body.utf8)), now: .zero)
  }

  @Test("R8: each of them", arguments: texts)
  func each(_ text: String) {
    let error = error(#""message":"\#(text)","code":"\#(text)","param":"\#(text)","doc_url":"\#(text)""#)
    #expect(error.message.unicodeScalars.count == 2000 && error.message.hasSuffix("…"))
    for detail in [error.code, error.param] { #expect(detail?.unicodeScalars.count == 200) }
    #expect(error.docURL?.unicodeScalars.count == 500)
    #expect(error.description.unicodeScalars.count < 3000)
  }

  @Test("R8: what an honest service says stays whole")
  func honest() {
    let long = String(repeating: "a", count: 200)
    let error = error(
      #""message":"Invalid enum value","code":"\#(long)","param":"events[12]","doc_url":"https://a/b#c""#)
    #expect(error.code == long)
    #expect(error.description == "HTTP 400 \(long): Invalid enum value (events[12]; see https://a/b#c)")
  }

  @Test("R8: the id of a row, and the name of a header", arguments: texts)
  func rows(_ text: String) throws {
    let row = #"{"id":"\#(text)","appId":"a","url":"u","events":[],"headers":{}}"#
    let odd = #"{"id":"w","appId":"a","url":"u","events":[],"headers":{"\#(text)":[]}}"#
    for text in [row, odd] {
      let value = try #require(JSONValue(Array(text.utf8)))
      let error = #expect(throws: MalformedBody.self) { try WebhookWire.webhook(in: value, of: nil) }
      #expect(try #require(error).reason.unicodeScalars.count < 300)
    }
  }

  @Test("R8: the host of a redirect", arguments: texts)
  func redirect(_ text: String) throws {
    let fields = [HTTPField("Location", "https://\(text.filter { $0 != " " })/")]
    let error = APIError(refused: HTTPResponse(status: 301, fields: fields), now: .zero)
    #expect(error.message.unicodeScalars.count < 400)
  }

  @Test(arguments: [
    ("", ""), ("abc", "abc"), ("abcd", "ab…"), ("日本語だ", "日本…"), ("e\u{301}\u{301}\u{301}", "e\u{301}…"),
  ])
  func cutting(_ text: String, _ cut: String) {
    #expect(text.cut(to: 3).unicodeScalars.elementsEqual(cut.unicodeScalars))
  }
}
