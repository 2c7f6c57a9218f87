import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// All that candidates are made of, ready to be asked.
struct CompletionMemory: Sendable {
  private var snapshot: Snapshot?
  private var book = NameBook()
  private(set) var index = NameIndex()
  private var sessionChoice = ChosenNames()
  /// The events of the webhooks that were selected, as the service holds them.
  private var seenEvents: Set<String> = []
  /// Newest first.
  private(set) var runs: [Candidate] = []

  // MARK: Getting ready

  mutating func update(_ next: Snapshot, runs: [Run]?, _ names: NameKeeping, _ redactor: Redactor) {
    let isElsewhere = next.profile != snapshot?.profile || next.host != snapshot?.host
    let (view, holdings) = (next.view, next.view.holdings)
    let hasListed = isElsewhere ? holdings.listings > 0 : holdings.listings != snapshot?.view.holdings.listings
    if isElsewhere { book = Self.load(next, names) ?? NameBook() }
    if hasListed { learn(from: next, names, redactor) }
    if isElsewhere || hasListed { index = NameIndex(book, holdings: holdings) }
    let last = snapshot?.view
    if isElsewhere || holdings.revision != last?.holdings.revision || view.draft.revision != last?.draft.revision {
      sessionChoice = ChosenNames(view.draft.webhooks ?? [], in: view)
      if isElsewhere { seenEvents = [] }
      for key in view.draft.webhooks ?? [] { seenEvents.formUnion(holdings.webhook(key)?.events ?? []) }
    }
    if let runs { self.runs = runs.map(Candidate.init) }
    snapshot = next
  }

  private static func load(_ snapshot: Snapshot, _ names: NameKeeping) -> NameBook? {
    guard let profile = snapshot.profile, let host = snapshot.host, let bytes = names.load(profile) else { return nil }
    return NameFile.book(bytes, host: host)
  }

  private mutating func learn(from snapshot: Snapshot, _ names: NameKeeping, _ redactor: Redactor) {
    let before = book
    book.learn(from: snapshot.view.holdings)
    guard book != before, let profile = snapshot.profile, let host = snapshot.host else { return }
    names.save(profile, redactor.redact(NameFile.text(of: book, host: host)))
  }

  // MARK: Asking

  private var view: View? { snapshot?.view }

  var options: SessionOptions { snapshot?.options ?? SessionOptions() }

  /// Whether a value is one that sessions have seen; nil if that can't be told, as of a pattern.
  func knows(_ slot: Slot, _ text: String, profiles: [String]) -> Bool? {
    switch slot {
    case .app, .slug:
      if Glob.isPattern(text) || index.appIDs.isEmpty { return nil }
      return index.apps.matching(text).first != nil
    case .webhook:
      let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      if Glob.isPattern(text) || isNumber || index.webhooks.matching("").isEmpty { return nil }
      return index.webhooks.matching(text).first != nil
    case .event, .newEvent, .subscribedEvent:
      return (snapshot?.scope ?? Scope()).knows(event: text) || index.usedEvents.contains(text)
        || seenEvents.contains(text)
    case .option: return Self.option(text) != nil
    case .profile: return profiles.contains(text)
    case .run: return runs.isEmpty ? nil : runs.contains { $0.text == text }
    default: return nil
    }
  }

  /// The staged statements, by their numbers.
  var staged: [Candidate] {
    (view?.draft.origins ?? []).enumerated().map { index, origin in
      Candidate(String(index + 1), hint: Printable.escaped(origin.statement))
    }
  }

  /// The names of all variables, the built-in ones too.
  var variableNames: [String] { (snapshot?.scope ?? Scope()).names }

  var variables: [String: String] { snapshot?.scope.variables ?? [:] }

  /// The catalogue, and the names in use.
  var allEvents: [String] {
    ((snapshot?.scope.knownEvents ?? EventCatalogue.all) + sessionChoice.events + index.usedEvents).uniqued()
  }

  /// The apps that the line or the session has selected so far.
  enum ChosenApps {
    case none, all
    /// For each app of the index whether it is one.
    case some([Bool])
  }

  func chosenApps(_ context: LineContext) -> ChosenApps {
    switch context.apps {
    case .unknown: return .all
    case .names(let names): return index.flags(ofApps: names).map { .some($0) } ?? .all
    case .none:
      guard let apps = view?.draft.apps else { return .none }
      if apps.count == index.appIDs.count { return .all }
      return index.flags(ofApps: apps.map(\.id.text)).map { .some($0) } ?? .all
    }
  }

  /// The contents of the webhooks that the line or the session has selected so far; empty if unknown.
  func chosen(_ context: LineContext) -> ChosenNames {
    switch context.webhooks {
    case .none: return sessionChoice
    case .unknown: return ChosenNames()
    case .names(let ids):
      guard let view else { return ChosenNames() }
      var entries = ids.flatMap { id in index.webhooks.matching(id).filter { $0.name == id } }
      if case .some(let isChosen) = chosenApps(context) { entries.removeAll { !isChosen[$0.app] } }
      return ChosenNames(entries.map(key), in: view)
    }
  }

  func url(of entry: SortedNames.Entry) -> String? { view?.webhook(key(entry))?.url ?? entry.hint }

  private func key(_ entry: SortedNames.Entry) -> WebhookKey {
    WebhookKey(AppID(unchecked: index.appIDs[entry.app]), WebhookID(unchecked: entry.name))
  }

  func values(ofOption name: String) -> [String] { Self.option(name)?.values ?? [] }

  /// A hint that marks the current value of an option.
  func currentValues(_ context: LineContext) -> [String: String] {
    guard let snapshot, let option = Self.option(context.words.last ?? "") else { return [:] }
    return [option.current(snapshot.options): "current"]
  }

  private static func option(_ name: String) -> SessionOptions.Descriptor? {
    SessionOptions.all.first { $0.name == name.lowercased() }
  }
}

extension Candidate {
  /// A run, with when it was and what it did.
  fileprivate init(_ run: Run) {
    let counts = Outcome.State.allCases.compactMap { state in
      run.count(state) > 0 ? state.counted(run.count(state)) : nil
    }
    let pieces = [run.metadata.startedAt.description, run.metadata.script ?? "prompt"] + counts
    self.init(String(run.number), hint: Printable.escaped(pieces.joined(separator: ", ")))
  }
}
