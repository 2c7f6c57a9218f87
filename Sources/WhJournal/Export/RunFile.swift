import WhDomain

/// A run in a file, to be moved to another journal: docs/guides/team.md.
package struct RunFile: Equatable, Sendable {
  package static let version = 1
  static let format = "wh run"

  /// Its number in the journal that it comes from.
  package let number: Int
  let metadata: RunMetadata
  let isAbandoned: Bool
  package let intents: [Intent]
  /// The secrets that are not in it, as `header X-Token of whk_1`.
  package let leftOut: [String]

  init(number: Int, metadata: RunMetadata, isAbandoned: Bool, intents: [Intent], leftOut: [String]) {
    self.number = number
    self.metadata = metadata
    self.isAbandoned = isAbandoned
    self.intents = intents
    self.leftOut = leftOut
  }

  /// A run with all that it holds.
  package init(_ run: Run, _ intents: [Intent]) {
    self.init(
      number: run.number, metadata: run.metadata, isAbandoned: run.state == .abandoned, intents: intents, leftOut: [])
  }

  /// The same without its secrets, which are named.
  ///
  /// - Parameter redacted: a text with its secrets hidden.
  package func withoutSecrets(redacted: (String) -> String) -> RunFile {
    var named: [String] = []
    func hide(_ text: String, _ what: String, _ change: Change, isSecret: Bool = false) -> String {
      let shown = isSecret ? "••••" : redacted(text)
      if !shown.isSame(as: text) { named.append("\(what) of \(change.webhookID?.text ?? "a new webhook")") }
      return shown
    }
    func hide(_ headers: Headers, _ change: Change) -> Headers {
      Headers(
        headers.all.map {
          Header(name: $0.name, value: hide($0.value, "header \($0.name)", change, isSecret: $0.isSecret))
        })
    }
    func hide(_ webhook: Webhook, _ change: Change) -> Webhook {
      var hidden = webhook
      hidden.url = hide(webhook.url, "url", change)
      hidden.headers = hide(webhook.headers, change)
      return hidden
    }
    let hidden = intents.map { intent in
      let change = intent.change
      let action: Change.Action =
        switch change.action {
        case .update(let before, let patch):
          .update(
            before: before.map { hide($0, change) },
            WebhookPatch(
              url: patch.url.map { hide($0, "url", change) }, events: patch.events,
              headers: patch.headers.map { hide($0, change) }))
        case .create(let url, let events, let headers):
          .create(url: hide(url, "url", change), events: events, headers: hide(headers, change))
        case .delete(let before): .delete(before: hide(before, change))
        }
      let outcome = intent.outcome.map { outcome in
        RecordedOutcome(
          state: outcome.state, closesIntent: outcome.closesIntent, message: outcome.message,
          answer: outcome.answer.map { hide($0, change) }, tries: outcome.tries, at: outcome.at)
      }
      return Intent(
        run: intent.run, index: intent.index,
        change: Change(app: change.app, webhookID: change.webhookID, action: action, origins: change.origins),
        outcome: outcome)
    }
    return RunFile(
      number: number, metadata: metadata, isAbandoned: isAbandoned, intents: hidden, leftOut: named.uniqued())
  }

  /// True where the run can't be finished without what was left out.
  package var lacksOpenSecrets: Bool { !leftOut.isEmpty && intents.contains(where: \.isOpen) && !isAbandoned }

  /// Writes the run into another journal, as a new run there. Durable on return.
  ///
  /// - Throws: `JournalError`; what was written by then is an unfinished run.
  package func add(to log: any RunLog) async throws(JournalError) -> Run {
    var metadata = metadata
    // The number of the run that it undoes is of the other journal.
    metadata.kind = .commit
    metadata.note = metadata.note ?? "run \(number) of another journal"
    let writer = try await log.begin(metadata, intents.map(\.change))
    for (index, intent) in intents.enumerated() {
      guard let outcome = intent.outcome else { continue }
      writer.record(
        Outcome(
          intent.change, outcome.state, message: outcome.message, answer: outcome.answer,
          closesIntent: outcome.closesIntent), at: index, tries: outcome.tries)
    }
    let run = try await writer.finish()
    guard isAbandoned else { return run }
    try await log.abandon(run.number)
    return try await log.run(run.number)
  }
}

/// Why a file is not a run that can be read.
package enum RunFileProblem: Error, Equatable, Sendable {
  case notARun
  case newerVersion(Int)
  case needsPassphrase
  case wrongPassphrase
  case damaged(String)
  case noLibrary(String)
}

// MARK: - Wording

extension RunFileProblem {
  /// What follows the file's name in a sentence.
  package var reason: String {
    switch self {
    case .notARun: "is not a run: write one with `wh runs export RUN`"
    case .newerVersion(let version): "is a run of version \(version), which a newer wh wrote"
    case .needsPassphrase: "is encrypted: give the passphrase with `--passphrase-env` or `--passphrase-file`"
    case .wrongPassphrase: "can't be decrypted: the passphrase is wrong, or the file was changed"
    case .damaged(let reason): "is damaged: \(reason)"
    case .noLibrary(let reason): "can't be encrypted or decrypted: \(reason)"
    }
  }
}
