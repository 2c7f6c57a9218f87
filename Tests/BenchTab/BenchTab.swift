import WhDomain
import WhSession
import WhShell

/// Measures what a Tab takes with very many known names, from the line to the list's text, and prints for each line
/// typed the median and the worst in milliseconds: `MEDIAN WORST LINE`.
///
/// The names come from a file as the prompt keeps it; a first line, `load`, says how long reading that took. With the arguments
/// `typing WH` it types 10,000 keys at the prompt of that program instead, and measures until each is painted.
@main
struct BenchTab {
  private static let apps = 1000
  private static let times = 200

  static func main() {
    if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "typing" {
      var typing = Typing(CommandLine.arguments[2])
      let (median, worst) = typing.run()
      return print(milliseconds(median), milliseconds(worst), "a key")
    }
    let clock = ContinuousClock()
    let book = book()
    let bytes = Array(NameFile.text(of: book, host: "h").utf8)
    let source = CompletionSource(profiles: [], names: NameKeeping(load: { _ in bytes })) { _ in [] }
    let loading = clock.measure {
      let draft = Draft(apps: book.apps.map { App(id: AppID(unchecked: $0.id)) })
      source.update(Snapshot(profile: "p", host: "h", view: View(Holdings(), draft)))
    }
    print(milliseconds(loading), milliseconds(loading), "load")
    let oneApp = book.apps[500].slug ?? ""
    for line in [
      "webhook ", "webhook 00", "webhook 00c0", "webhook zz", "use app ", "use app app-5",
      "use app \(oneApp); webhook ",
      "webhook where id = 0", "add event ", "sh",
    ] {
      var taken: [Duration] = []
      for _ in 0..<times { taken.append(clock.measure { tab(line, source) }) }
      taken.sort()
      print(milliseconds(taken[times / 2]), milliseconds(taken[times - 1]), line)
    }
  }

  /// All that the prompt does for a Tab but draw it.
  private static func tab(_ line: String, _ source: CompletionSource) {
    let result = source.complete(line, line.utf8.count)
    if case .list(let candidates, let omitted) = CompletionAction(
      result, line: line, cursorByteOffset: line.utf8.count)
    {
      _ = CandidateList(rows: 50, columns: 200).lines(candidates, omitted: omitted)
    }
  }

  /// 1,000 apps and 99,000 webhooks with ids spread evenly.
  private static func book() -> NameBook {
    var book = NameBook()
    for app in 0..<apps {
      let id = identifier(UInt64(app) &+ 1 << 40)
      book.apps.append(NameBook.App(id: id, slug: "app-\(app)", name: "App number \(app)"))
      book.webhooks[id] = (0..<NameFile.most / apps - 1).map { webhook in
        NameBook.Webhook(
          id: identifier(UInt64(app * 100 + webhook)), url: "https://hooks.example.com/app-\(app)/\(webhook)/status")
      }
    }
    return book
  }

  /// A text like a UUID, out of a number.
  private static func identifier(_ number: UInt64) -> String {
    let digits = hexadecimal(number &* 0x9E37_79B9_7F4A_7C15) + hexadecimal(number &* 0xBF58_476D_1CE4_E5B9)
    let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)]
    return parts.map { String(digits.dropFirst($0.0).prefix($0.1 - $0.0)) }.joined(separator: "-")
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func milliseconds(_ duration: Duration) -> Double {
    let seconds = duration.components
    return Double(Int64(Double(seconds.seconds) * 1e6 + Double(seconds.attoseconds) / 1e12)) / 1000
  }
}
