import WhDomain
import WhSession
import WhSyntax

@testable import WhAPI
@testable import WhJournal
@testable import WhSession

/// Webhooks of an answer, as `dump` writes them and as the journal keeps them: both read back as the same.
enum DumpTarget: FuzzTarget {
  static let words =
    AnswersTarget.words.filter { !$0.contains("HTTP") && !$0.contains(":  ") } + [
      "{\"webhooks\":[{\"id\":\"a\",\"url\":\"https://a.example\",\"events\":[\"A\"],\"headers\":{\"X-A\":\"1\"}}]}",
      "X-Token", "••••", "********", "\\n", "\\u202e", "${a}", "where", "from", "MESSAGE_SENT", "https://", "#", "\\\"",
    ]

  static func run(_ bytes: [UInt8]) {
    readJournal(bytes)
    guard let app = try? AppID("b") else { return }
    let page = try? PageWire(bytes, listName: WebhookWire.listName).page { row throws(MalformedBody) in
      try WebhookWire.webhook(in: row, of: app)
    }
    let webhooks = (page?.items ?? []).filter { $0.appID == app }
    guard !webhooks.isEmpty else { return }
    let redactor = Redactor()
    for webhook in webhooks { redactor.learn(secretsOf: webhook) }
    let scripts: [any GeneratedScript] =
      [(nil, false), (webhooks.count, false), (webhooks.count, true), (nil, true)].map { listed, isStrict in
        DumpScript(
          [DumpScript.Part(app: app, webhooks: webhooks, listed: listed)], isStrict: isStrict,
          vocabulary: CommandTable.vocabulary, redactor: redactor)
      } + [
        CopyScript(
          webhooks.map { (app: App(id: app), webhook: $0) }, vocabulary: CommandTable.vocabulary, redactor: redactor)
      ]
    for script in scripts {
      do throws(UnreadableDump) {
        check(try script.text(), webhooks)
      } catch {
        broken("a dump can't be read back: \(error.reason)")
      }
    }
    for webhook in webhooks { keep(webhook) }
  }

  /// What the script says is what the webhooks hold.
  private static func check(_ text: String, _ webhooks: [Webhook]) {
    rule(!text.unicodeScalars.contains { $0 != "\n" && Printable.isHazard($0) }, "a dump holds control characters")
    let script = CommandTable.parser.parse(Source(name: "dump", text: text))
    rule(script.diagnostics.isEmpty, "a dump has errors")
    for match in script.statements {
      let words = match.words.mapValues { $0.compactMap(\.literal) }
      switch match.pieces.prefix(2).compactMap({ if case .keyword(let word) = $0 { word } else { nil } }).joined(
        separator: " ")
      {
      case "set url":
        rule(webhooks.contains { $0.url.isSame(as: words["url"]?.first ?? "") }, "a dump holds another url")
      case "set events":
        let events = words["events"] ?? []
        rule(
          webhooks.contains {
            $0.events.count == events.count && zip($0.events, events).allSatisfy { $0.isSame(as: $1) }
          },
          "a dump holds other events")
      case "set header":
        let (name, value) = (words["name"]?.first ?? "", words["value"]?.first ?? "")
        rule(
          webhooks.contains { $0.headers.all.contains { $0.name.isSame(as: name) && $0.value.isSame(as: value) } },
          "a dump holds another header")
      default: break
      }
    }
  }

  /// The journal gives back what it was given.
  private static func keep(_ webhook: Webhook) {
    let app = App(id: webhook.appID, slug: nil, name: nil, status: nil)
    let change = Change(app: app, webhookID: webhook.id, action: .delete(before: webhook))
    do throws(DamagedText) {
      let read = try JSONReading.webhook(JSONWriter.webhook(webhook, of: change), of: webhook)
      rule(read.isIdentical(to: webhook) && read.id == webhook.id, "the journal gives back another webhook")
    } catch {
      broken("the journal can't read what it wrote: \(error)")
    }
  }

  private static func readJournal(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let id = try? WebhookID("a"), let app = try? AppID("b") else { return }
    let reference = Webhook(id: id, appID: app, url: "", events: [])
    _ = try? JSONReading.webhook(text, of: reference)
    _ = try? JSONReading.patch(text)
    _ = try? JSONReading.origins(text)
    for name in ["update", "create", "delete"] {
      _ = try? Change.Action(name: name, before: text, asked: text, of: reference)
      _ = try? Change.Action(name: name, before: nil, asked: text, of: reference)
    }
  }
}
