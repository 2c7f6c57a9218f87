import Testing
import WhSyntax
import WhSyntaxShape

@Suite struct PredicateParsingTests {
  @Test(arguments: [
    ("event A", "event:A"),
    ("not event A", "not(event:A)"),
    ("not not event A", "not(not(event:A))"),
    ("event A and event B", "(event:A & event:B)"),
    ("event A or event B and event C", "(event:A | (event:B & event:C))"),
    ("event A and event B or event C", "((event:A & event:B) | event:C)"),
    ("event A or event B or event C", "(event:A | event:B | event:C)"),
    ("event A and event B and event C", "(event:A & event:B & event:C)"),
    ("not event A and event B", "(not(event:A) & event:B)"),
    ("not event A or not event B", "(not(event:A) | not(event:B))"),
    ("not (event A or event B)", "not((event:A | event:B))"),
    ("(event A or event B) and event C", "((event:A | event:B) & event:C)"),
    ("( event A )", "event:A"),
    ("((event A))", "event:A"),
    ("not(event A)", "not(event:A)"),
    ("NOT(event A) AND(event B)", "(not(event:A) & event:B)"),
    ("not(not(event A)) or(event B) and event C", "(not(not(event:A)) | (event:B & event:C))"),
    ("url = not(x)", "url=not(x)"),
    ("(url = a\\\nb)", "url=ab"),
    ("(((event A) or event B) and (event C))", "((event:A | event:B) & event:C)"),
    ("(url = https://x/(y))", "url=https://x/(y)"),
    ("(url = https://x/(y)) and event A", "(url=https://x/(y) & event:A)"),
    ("url = https://x/(y)", "url=https://x/(y)"),
    ("url = a)", "url=a)"),
    ("(url = \"a)\")", "url=a)"),
    ("(url = ${u})", "url=<u>"),
    ("(url = ${u}/x)", "url=<u>/x"),
    ("(event \"A\")", "event:A"),
    ("(event 'A') or event B", "(event:A | event:B)"),
    ("url=x", "url=x"),
    ("url =x", "url=x"),
    ("url= x", "url=x"),
    ("url!=x", "url!=x"),
    ("url~https://*", "url~https://*"),
    ("url !~ x", "url!~x"),
    ("url!~x", "url!~x"),
    ("url=${u}", "url=<u>"),
    ("(url=x)", "url=x"),
    ("URL = x AND NOT EVENT y", "(url=x & not(event:y))"),
    ("created < 2026-01-01", "created<2026-01-01"),
    ("created<=2026-01-01", "created<=2026-01-01"),
    ("updated > 2026-01-01", "updated>2026-01-01"),
    ("updated>=2026-01-01", "updated>=2026-01-01"),
    (
      "id = x and slug ~ p-* and name = \"N\" and status != active",
      "(id=x & slug~p-* & name=N & status!=active)"
    ),
    ("header X-A", "header:X-A"),
    ("header X-A = v", "header:X-A=v"),
    ("header X-A =v", "header:X-A=v"),
    ("header X-A != v", "header:X-A!=v"),
    ("header X-A ~ v*", "header:X-A~v*"),
    ("header X-A !~ v*", "header:X-A!~v*"),
    ("header X-A and header X-B", "(header:X-A & header:X-B)"),
    ("(header X-A)", "header:X-A"),
    ("header X-A = \"\"", "header:X-A="),
    (
      "not event MESSAGE_SENT and url ~ https://hooks.example.com/*",
      "(not(event:MESSAGE_SENT) & url~https://hooks.example.com/*)"
    ),
  ])
  func binding(_ text: String, _ expected: String) throws {
    let script = SmallTable.parse("expect " + text)
    #expect(Shape.of(script.diagnostics) == [])
    #expect(try Shape.of(#require(script.statements.first?.predicate)) == expected)
  }

  @Test(
    arguments: [
      ("", "incomplete-statement@1:7 «»"),
      ("not", "incomplete-statement@1:11 «»"),
      ("event", "incomplete-statement@1:13 «»"),
      ("event A and", "incomplete-statement@1:19 «»"),
      ("event A or", "incomplete-statement@1:18 «»"),
      ("event A event B", "unexpected-word@1:16 «event»"),
      ("event A nad event B", "unknown-keyword@1:16 «nad»"),
      ("event = A", "unexpected-word@1:14 «=»"),
      ("event=A", "unexpected-word@1:13 «=A»"),
      ("url", "incomplete-statement@1:11 «»"),
      ("url x", "unexpected-word@1:12 «x»"),
      ("url < x", "unexpected-word@1:12 «<»"),
      ("url =", "incomplete-statement@1:13 «»"),
      ("url=\"x\"", nil),
      ("created = 2026-01-01", "unexpected-word@1:16 «=»"),
      ("\"url\" = x", "unexpected-word@1:8 «\"url\"»"),
      ("ulr = x", "unknown-keyword@1:8 «ulr»"),
      ("(event A", "incomplete-statement@1:16 «»"),
      ("event A)", nil),
      ("(event A))", "unexpected-word@1:17 «)»"),
      ("()", "unexpected-word@1:9 «)»"),
      ("header", "incomplete-statement@1:14 «»"),
      ("header X < v", "unexpected-word@1:17 «<»"),
      ("header X =", "incomplete-statement@1:18 «»"),
      ("event A, event B", "unexpected-comma@1:15 «,»"),
    ] as [(String, String?)])
  func errors(_ text: String, _ expected: String?) {
    let script = SmallTable.parse("expect " + text)
    #expect(Shape.of(script.diagnostics) == [expected].compactMap(\.self))
  }

  @Test(arguments: [60, 99])
  func deepNestingIsRead(_ depth: Int) {
    let glued = String(repeating: "(", count: depth) + "event A" + String(repeating: ")", count: depth)
    #expect(SmallTable.parse("expect " + glued).diagnostics.isEmpty)
    #expect(SmallTable.parse("expect " + String(repeating: "not ", count: depth) + "event A").diagnostics.isEmpty)
  }

  @Test(arguments: ["(", "not ", "( "])
  func nestingWithoutEndIsRefusedAndHarmless(_ piece: String) {
    let script = SmallTable.parse("expect " + String(repeating: piece, count: 20_000) + "event A")
    #expect(script.diagnostics.count == 1)
  }

  @Test func aLongChainIsRead() {
    let chain = Array(repeating: "event A", count: 3000).joined(separator: " or ")
    #expect(SmallTable.parse("expect " + chain).statements.count == 1)
  }
}
