import WhDomain
import WhSession
import WhShell

/// Measures what a Tab takes with very many known names, from the line to the list's text, and prints for each line
/// typed the median and the worst in milliseconds: `MEDIAN WORST LINE`.
///
/// The names come from a file as the prompt keeps it; a first line, `load`, says how long reading that took. With the argument
/// `typing` it measures what the looks of a line take after each of 10,000 keys instead, without the drawing.
@main
struct BenchTab {
  private static let apps = 1000
  private static let times = 200

  static func main() {
    let clock = ContinuousClock()
    let book = book()
    let bytes = Array(NameFile.text(of: book, host: "h").utf8)
    let source = CompletionSource(profiles: [], names: NameKeeping(load: { _ in bytes })) { _ in [] }
    let loading = clock.measure {
      let draft = Draft(apps: book.apps.map { App(id: AppID(unchecked: $0.id)) })
      source.update(Snapshot(profile: "p", host: "h", view: View(Holdings(), draft)))
    }
    print(milliseconds(loading), milliseconds(loading), "load")
    if CommandLine.arguments.contains("typing") { return type(source, book) }
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

  private static func type(_ source: CompletionSource, _ book: NameBook) {
    let clock = ContinuousClock()
    let webhook = book.webhooks[book.apps[7].id]?.first?.id ?? ""
    let lines = [
      "use app app-7, app-8 except app-9", "webhook \(webhook) set url 'https://hooks.example.com/${app.slug}'",
      "webhook where event MESSAGE_SENT and (url ~ https://old.example.com/* or not header X-Team = blue) add event NOPE",
      "rename event MESSAGE_CREATED to messages.sms.received, MESSAGE_SENT to messages.sms.sent; commit # later",
    ]
    var taken: [Duration] = []
    while taken.count < 10_000 {
      for line in lines {
        for length in 1...line.utf8.count {
          let typed = String(decoding: line.utf8.prefix(length), as: UTF8.self)
          taken.append(clock.measure { _ = source.decoration(typed, length) })
        }
      }
    }
    taken.sort()
    print(milliseconds(taken[taken.count / 2]), milliseconds(taken[taken.count - 1]), "a key")
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
