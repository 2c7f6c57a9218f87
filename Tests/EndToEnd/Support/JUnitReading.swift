import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A JUnit file as a reader of XML sees it.
struct JUnitReading {
  struct Case {
    let name: String
    var finding: String?
    var type: String?
    var message: String?
  }

  struct Malformed: Error {
    let line: Int
  }

  /// The counts of the suite, by their names.
  private(set) var suite: [String: String] = [:]
  private(set) var cases: [Case] = []

  init(_ bytes: [UInt8]) throws {
    let delegate = Delegate()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = delegate
    guard parser.parse() else { throw Malformed(line: parser.lineNumber) }
    (suite, cases) = (delegate.suite, delegate.cases)
  }

  private final class Delegate: NSObject, XMLParserDelegate {
    var suite: [String: String] = [:]
    var cases: [Case] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      switch name {
      case "testsuite": suite = attributes.filter { ["tests", "failures", "errors", "skipped"].contains($0.key) }
      case "testcase": cases.append(Case(name: attributes["name"] ?? ""))
      case "failure", "error", "skipped":
        guard !cases.isEmpty else { return }
        cases[cases.count - 1].finding = name
        cases[cases.count - 1].type = attributes["type"]
        cases[cases.count - 1].message = attributes["message"]
      default: return
      }
    }
  }
}
