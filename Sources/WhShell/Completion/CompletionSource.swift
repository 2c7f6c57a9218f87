import Synchronization
import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// What Tab offers: from the grammar, and from the names that sessions have seen. It is got ready between two statements, so
/// that Tab answers at once, and never from the network.
package final class CompletionSource: Sendable {
  private let memory = Mutex(CompletionMemory())
  private let profiles: [String]
  private let names: NameKeeping
  private let redactor: Redactor
  private let readFile: @Sendable (_ path: String) -> [UInt8]?
  private let listFolder: @Sendable (_ path: String) -> [(name: String, isFolder: Bool)]

  /// - Parameter readFile: the bytes of a file; nil for one that is too large to be read while a key is pressed.
  package init(
    profiles: [String], names: NameKeeping = NameKeeping(), redactor: Redactor = Redactor(),
    readFile: @escaping @Sendable (_ path: String) -> [UInt8]? = { _ in nil },
    listFolder: @escaping @Sendable (_ path: String) -> [(name: String, isFolder: Bool)]
  ) {
    self.profiles = profiles
    self.names = names
    self.redactor = redactor
    self.readFile = readFile
    self.listFolder = listFolder
  }

  /// Takes over what a session has seen by now, and keeps the names that it listed.
  ///
  /// - Parameter runs: the newest runs of the journal, newest first; nil where they are as before.
  package func update(_ snapshot: Snapshot, runs: [Run]? = nil) {
    var memory = memory.withLock(\.self)
    memory.update(snapshot, runs: runs, names, redactor)
    self.memory.withLock { [memory] in $0 = memory }
  }

  package func complete(_ line: String, _ cursor: Int) -> CompletionResult {
    let memory = memory.withLock(\.self)
    let source = Source(name: "prompt", bytes: Array(line.utf8.prefix(cursor)))
    let partial = PartialWord(at: cursor, in: source)
    let before = Source(name: "prompt", bytes: Array(source.bytes[..<partial.start]))
    let expected = CommandTable.parser.expectations(after: before)
    if let variable = partial.openVariable { return variables(variable, expected, memory) }
    let context = LineContext(before: before)
    var suggestions = Suggestions(partial.isQuoted ? [] : keywords(expected, partial, context))
    var isFolder = false
    for case .slot(let slot) in expected {
      if slot == .file {
        let files = FileCandidates(partial, listFolder)
        isFolder = files.isOneFolder
        suggestions += Suggestions(files.candidates)
      } else {
        suggestions += self.suggestions(slot, partial, context, memory)
      }
    }
    var seen: Set<String> = []
    return CompletionResult(
      replaceFrom: partial.start,
      candidates: suggestions.candidates.filter { seen.insert($0.text).inserted }.map(hidden),
      omitted: suggestions.omitted, appendSpace: !isFolder)
  }

  /// A longer line is shown as it is.
  private static let longestDecorated = 4096

  /// How a line looks while it is typed, as the session's options want it.
  package func decoration(_ line: String, _ cursor: Int) -> LineDecoration {
    let memory = memory.withLock(\.self)
    let source = Source(name: "prompt", text: line)
    guard !line.isEmpty, source.bytes.count <= Self.longestDecorated else { return LineDecoration() }
    var decoration = LineDecoration()
    if memory.options.isHighlighted {
      decoration.parts = Highlighting(source) { memory.knows($0, $1, profiles: profiles) }.parts
    }
    if memory.options.hasHints, cursor == source.bytes.count {
      decoration.hint = GrammarHint.text(after: source) ?? ""
    }
    return decoration
  }

  /// A candidate whose secrets a list does not show.
  private func hidden(_ candidate: Candidate) -> Candidate {
    Candidate(
      candidate.text, display: redactor.redact(candidate.display), hint: candidate.hint.map { redactor.redact($0) })
  }

  // MARK: Candidates

  private func keywords(
    _ expected: [Expectation], _ partial: PartialWord, _ context: LineContext
  ) -> [Candidate] {
    let typed = partial.text.lowercased()
    var words: [Candidate] = []
    var symbols: [Candidate] = []
    for expectation in expected {
      switch expectation {
      case .keyword(let word) where word.hasPrefix(typed):
        let hint = KeywordHints.hint(for: word, behind: context.words) ?? KeywordHints.others[word]
        words.append(Candidate(word, hint: hint))
      case .symbol(let symbol) where symbol.hasPrefix(typed):
        // `>` does not redirect output in a predicate.
        let isComparison = symbol == ">" && !expected.contains(.symbol(">>"))
        symbols.append(Candidate(symbol, hint: isComparison ? nil : KeywordHints.others[symbol]))
      default: continue
      }
    }
    return words.sorted { $0.text < $1.text } + symbols
  }

  private func suggestions(_ slot: Slot, _ partial: PartialWord, _ context: LineContext, _ memory: CompletionMemory)
    -> Suggestions
  {
    let typed = partial.text
    let taken = Set(context.words.dropFirst())
    func plain(_ names: [String], hints: [String: String] = [:]) -> Suggestions {
      Suggestions(
        names.filter { SortedNames.hasPrefix($0, typed) && !taken.contains($0) }
          .map { partial.candidate($0, hint: hints[$0]) })
    }
    func sorted(_ names: SortedNames) -> Suggestions {
      Suggestions(names.matching(typed), except: taken) { partial.candidate($0.name, hint: $0.hint) }
    }
    switch slot {
    case .app:
      // The ids of apps with slugs come only where nothing else fits.
      var names = sorted(memory.index.slugs)
      names += sorted(memory.index.slugless)
      return names.candidates.isEmpty ? sorted(memory.index.apps) : names
    case .slug: return sorted(memory.index.slugs)
    case .appName: return sorted(memory.index.appNames)
    case .webhook: return webhooks(partial, taken, context, memory)
    case .event: return plain(memory.allEvents)
    case .newEvent:
      let chosen = memory.chosen(context)
      return plain(memory.allEvents.filter { chosen.count == 0 || !chosen.commonEvents.contains($0) })
    case .subscribedEvent:
      let chosen = memory.chosen(context)
      return plain(chosen.count == 0 ? memory.allEvents : chosen.events)
    case .headerName, .presentHeader:
      let chosen = memory.chosen(context)
      return plain(chosen.count == 0 ? memory.index.usedHeaders : chosen.headers)
    case .status: return plain(["active", "billing_paused"])
    case .option:
      return plain(
        SessionOptions.all.map(\.name),
        hints: Dictionary(uniqueKeysWithValues: SessionOptions.all.map { ($0.name, $0.summary) }))
    case .optionValue:
      return plain(memory.values(ofOption: context.words.last ?? ""), hints: memory.currentValues(context))
    case .topic: return Suggestions(KeywordHints.topics(behind: context.words.dropFirst(), beginning: typed))
    case .profile: return plain(profiles)
    case .variable:
      let columns = CSVColumns(listFolder("."), readFile)
      let values = memory.variables.merging(columns.files) { $1 }
      return plain(values.keys.sorted(), hints: values)
    case .staged: return Suggestions(memory.staged.filter { $0.text.hasPrefix(typed) })
    case .run: return Suggestions(memory.runs.filter { $0.text.hasPrefix(typed) })
    case .host: return plain(memory.index.usedHosts)
    case .url, .urlPart, .headerValue, .glob, .value, .time, .file, .command, .count, .limit, .lines, .seconds, .word:
      return Suggestions()
    }
  }

  private func webhooks(
    _ partial: PartialWord, _ taken: Set<String>, _ context: LineContext, _ memory: CompletionMemory
  ) -> Suggestions {
    var apps: [Bool]?
    switch memory.chosenApps(context) {
    case .none: return Suggestions()
    case .all: apps = nil
    case .some(let flags): apps = flags
    }
    return Suggestions(memory.index.webhooks.matching(partial.text), ofApps: apps, except: taken) { entry in
      partial.candidate(entry.name, hint: memory.url(of: entry), avoiding: CommandTable.grammars.editKeywords)
    }
  }

  /// Where the values of an app or webhook may stand.
  private static let templates: [Expectation] = [.slot(.url), .slot(.urlPart), .slot(.headerValue)]

  private func variables(
    _ typed: (start: Int, name: String), _ expected: [Expectation], _ memory: CompletionMemory
  ) -> CompletionResult {
    let values = memory.variables
    let takesAll = expected.contains(where: Self.templates.contains)
    let names = memory.variableNames.filter { takesAll || values[$0] != nil }
    return CompletionResult(
      replaceFrom: typed.start,
      candidates: names.filter { $0.hasPrefix(typed.name) }
        .map { hidden(Candidate("${\($0)}", display: $0, hint: values[$0])) },
      appendSpace: false)
  }
}
