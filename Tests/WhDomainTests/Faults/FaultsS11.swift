import Foundation
import Testing
import WhDomain

@Suite("S11: invisible characters are seen in JSON")
struct FaultsS11 {
  private func json(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return writer.text
  }

  @Test(
    "S11: escaped",
    arguments: [
      ("\u{AD}", "\\u00ad"), ("\u{34F}", "\\u034f"), ("\u{61C}", "\\u061c"), ("\u{115F}", "\\u115f"),
      ("\u{17B4}", "\\u17b4"), ("\u{180E}", "\\u180e"), ("\u{200B}", "\\u200b"), ("\u{2060}", "\\u2060"),
      ("\u{2064}", "\\u2064"), ("\u{206F}", "\\u206f"), ("\u{3164}", "\\u3164"), ("\u{FEFF}", "\\ufeff"),
      ("\u{FFA0}", "\\uffa0"), ("\u{1D173}", "\\ud834\\udd73"), ("\u{E0041}", "\\udb40\\udc41"),
      ("\u{E01EF}", "\\udb40\\uddef"), ("\u{202E}", "\\u202e"), ("\u{1B}", "\\u001b"), ("\u{9B}", "\\u009b"),
    ])
  func hidden(_ character: String, _ escape: String) throws {
    let text = "a\(character)b"
    #expect(json(text) == "\"a\(escape)b\"")
    let read = try JSONSerialization.jsonObject(with: Data(json(text).utf8), options: .fragmentsAllowed) as? String
    #expect(read?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
  }

  @Test(
    "S11: what shapes the text around it stays, as all that is visible",
    arguments: ["\u{200D}", "\u{200C}", "\u{FE0F}", "é", "日本", "\u{E9}\u{301}", "😀", "\u{10FFFD}", "ﷺ", "한글", "→"])
  func visible(_ character: String) {
    #expect(json("a\(character)b") == "\"a\(character)b\"")
  }
}
