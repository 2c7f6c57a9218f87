import Synchronization
import Testing
import WhDomain
import WhSession
import WhShell

@Suite("Names between sessions")
struct NameFileTests {
  private static let book = NameBook(
    apps: [NameBook.App(id: "app_1", slug: "one", name: "Ünï"), NameBook.App(id: "app_2")],
    webhooks: ["app_1": [NameBook.Webhook(id: "w1", url: "https://example.com/a")], "": [.init(id: "w2", url: "")]])

  @Test("What is written reads back")
  func roundTrip() {
    let text = NameFile.text(of: Self.book, host: "https://api.example.com")
    #expect(NameFile.book(Array(text.utf8), host: "https://api.example.com") == Self.book)
  }

  @Test("Names of another server, and files in another format, are ignored")
  func others() {
    let text = NameFile.text(of: Self.book, host: "https://api.example.com")
    #expect(NameFile.book(Array(text.utf8), host: "https://other.example.com") == nil)
    for other in ["", "\n", "wh names 2\thttps://api.example.com\n", "\u{0}\u{0}"] {
      #expect(NameFile.book(Array(other.utf8), host: "https://api.example.com") == nil)
    }
    let torn = Array(text.utf8.dropLast(7)) + [0xFF, 0x09, 0x0A]
    #expect(NameFile.book(torn, host: "https://api.example.com")?.apps == Self.book.apps)
  }

  @Test(
    "Of a url only scheme, host and path are kept",
    arguments: [
      ("https://user:pw@example.com/a?key=s#f", "https://example.com/a"),
      ("https://example.com/a@b", "https://example.com/a@b"),
      ("https://example.com/\u{1B}[2J", ""),
    ])
  func urls(url: String, kept: String) {
    let text = NameFile.text(of: NameBook(webhooks: ["": [.init(id: "w", url: url)]]), host: "h")
    #expect(NameFile.book(Array(text.utf8), host: "h")?.webhooks[""]?.first?.url == kept)
  }

  @Test("The number of names is limited")
  func bound() {
    let webhooks = (0..<NameFile.most + 10).map { NameBook.Webhook(id: "w\($0)", url: "") }
    let text = NameFile.text(of: NameBook(webhooks: ["": webhooks]), host: "h")
    #expect(text.utf8.count { $0 == 10 } == NameFile.most + 1)
    #expect(NameFile.book([UInt8](repeating: 10, count: NameFile.largest + 1), host: "h") == nil)
  }

  @Test("The lists of a session are kept for the next; removed names are forgotten")
  func sessions() {
    let files = Mutex<[String: String]>([:])
    let keeping = NameKeeping(
      load: { profile in files.withLock { $0[profile] }.map { Array($0.utf8) } },
      save: { profile, text in files.withLock { $0[profile] = text } })
    let app = AppID(unchecked: "app_1")
    func source() -> CompletionSource { CompletionSource(profiles: [], names: keeping) { _ in [] } }
    func offered(_ source: CompletionSource) -> [String] {
      source.complete("use app one; webhook w", 22).candidates.map(\.text).filter { $0 != "where" }
    }

    var holdings = Holdings()
    holdings.remember(directory: [App(id: app, slug: "one")])
    let webhooks = ["w1", "w2"].map {
      Webhook(id: WebhookID(unchecked: $0), appID: app, url: "https://example.com/\($0)", events: [])
    }
    holdings.remember(all: webhooks, of: app, at: .zero)
    source().update(Snapshot(profile: "p", host: "h", view: View(holdings)))

    let next = source()
    #expect(offered(next) == [])
    next.update(Snapshot(profile: "p", host: "h"))
    #expect(offered(next) == ["w1", "w2"])
    next.update(Snapshot(profile: "other", host: "h"))
    #expect(offered(next) == [])
    next.update(Snapshot(profile: "p", host: "elsewhere"))
    #expect(offered(next) == [])

    var later = Holdings()
    later.remember(all: [webhooks[1]], of: app, at: .zero)
    next.update(Snapshot(profile: "p", host: "h", view: View(later)))
    #expect(offered(next) == ["w2"])
    let last = source()
    last.update(Snapshot(profile: "p", host: "h"))
    #expect(offered(last) == ["w2"])
  }
}
