import WhDomain

/// What a word of the command line may become.
package struct CommandLineCompletion: Equatable, Sendable {
  package struct Candidate: Equatable, Sendable {
    /// The whole word; with a `=` at its end, more of it follows.
    package let word: String
    package let help: String

    package init(_ word: String, help: String = "") {
      self.word = word
      self.help = help
    }
  }

  /// Files that the shell itself looks for.
  package enum Files: String, Sendable {
    case scripts, files, folders
  }

  /// A path that has been begun.
  package struct Path: Equatable, Sendable {
    package let files: Files
    /// What stands before it in the same word, such as `junit=`.
    package let lead: String
    package let text: String
  }

  package internal(set) var candidates: [Candidate] = []
  package internal(set) var path: Path?
  /// What of the word was typed.
  package internal(set) var typed = ""
  /// True where the word is a text of the language, after which more may follow in the same quotes.
  package internal(set) var isStatement = false

  /// What shells read: a line that says which files, or `words` or `statements`, what stands before them in the word, and what of
  /// them was typed, separated by tabs; then a line for each candidate, with its help after a tab.
  package var text: String {
    let head =
      path.map { "\($0.files.rawValue)\t\($0.lead)\t\($0.text)" }
      ?? "\(isStatement ? "statements" : "words")\t\t\(typed)"
    if head.contains("\n") { return "" }
    let lines = candidates.filter { !$0.word.contains("\t") }
      .map { $0.help.isEmpty ? $0.word : "\($0.word)\t\($0.help)" }
    // Of a shell's line these would be further lines.
    return ([head] + lines.filter { !$0.contains("\n") }).map { $0 + "\n" }.joined()
  }
}

/// Completes words of the command line from the commands and from names that are known without a connection.
package struct CommandLineCompleter: Sendable {
  /// Looks up names.
  package struct Names: Sendable {
    package var profiles: @Sendable () -> [CommandLineCompletion.Candidate]
    package var runs: @Sendable () -> [CommandLineCompletion.Candidate]
    /// The scripts of a folder; none where there is no such folder.
    package var migrations: @Sendable (_ folder: String) -> [String]
    /// What a text of the language may become, by the options that stand before it.
    package var statements: @Sendable (_ text: String, _ given: [GivenOption]) -> [CommandLineCompletion.Candidate]

    package init(
      profiles: @escaping @Sendable () -> [CommandLineCompletion.Candidate],
      runs: @escaping @Sendable () -> [CommandLineCompletion.Candidate],
      migrations: @escaping @Sendable (_ folder: String) -> [String],
      statements: @escaping @Sendable (_ text: String, _ given: [GivenOption]) -> [CommandLineCompletion.Candidate]
    ) {
      self.profiles = profiles
      self.runs = runs
      self.migrations = migrations
      self.statements = statements
    }
  }

  /// An option or a flag that was given.
  package struct GivenOption: Equatable, Sendable {
    package let name: String
    /// Nil for a flag.
    package let value: String?
  }

  private let root: CommandDescription
  private let names: Names

  package init(_ root: CommandDescription, _ names: Names) {
    self.root = root
    self.names = names
  }

  /// - Parameters:
  ///   - words: those after the name of the program and before the one that is completed.
  ///   - word: what of that one was typed.
  package func complete(_ word: String, after words: [String]) -> CommandLineCompletion {
    var completion = candidates(word, Place(words, in: root))
    completion.typed = word
    return completion
  }

  private func candidates(_ word: String, _ place: Place) -> CommandLineCompletion {
    if let option = place.option { return values(of: option.value, word, lead: "", place) }
    if word.hasPrefix("-"), !place.isPastOptions {
      guard let equals = word.firstIndex(of: "=") else { return options(word, place) }
      guard let option = place.command.option(word[..<equals]), option.kind == .option else {
        return CommandLineCompletion()
      }
      let start = word.index(after: equals)
      return values(of: option.value, String(word[start...]), lead: String(word[..<start]), place)
    }
    let positional = place.positional
    var completion = positional.map { values(of: $0.value, word, lead: "", place) } ?? CommandLineCompletion()
    if place.positionals.isEmpty, !place.isPastOptions {
      completion.candidates +=
        place.command.subcommands.map { CommandLineCompletion.Candidate($0.name, help: $0.help) }
        .filter { $0.word.hasPrefix(word) }
    }
    return completion
  }

  private func options(_ word: String, _ place: Place) -> CommandLineCompletion {
    let given = Set(place.options.map(\.name))
    let left = place.command.allArguments.filter { $0.isRepeating || given.isDisjoint(with: $0.names.prefix(1)) }
    let candidates = left.flatMap { argument in
      argument.names.filter { $0.hasPrefix("--") || argument.names.count == 1 }
        .map { CommandLineCompletion.Candidate($0, help: argument.help) }
    }
    return CommandLineCompletion(candidates: candidates.filter { $0.word.hasPrefix(word) })
  }

  private func values(
    of value: ArgumentValue, _ text: String, lead: String, _ place: Place
  ) -> CommandLineCompletion {
    switch value {
    case .words(let words): return found(words.map { CommandLineCompletion.Candidate($0) }, text, lead)
    case .keyedFile(let keys):
      guard let equals = text.firstIndex(of: "=") else {
        return found(keys.map { CommandLineCompletion.Candidate($0 + "=") }, text, lead)
      }
      let start = text.index(after: equals)
      return path(.files, String(text[start...]), lead + text[..<start])
    case .script: return path(.scripts, text, lead)
    case .file: return path(.files, text, lead)
    case .folder: return path(.folders, text, lead)
    case .profile: return found(names.profiles(), text, lead)
    case .run: return found(names.runs(), text, lead)
    case .migration:
      let folders = place.positionals.isEmpty ? ["."] : place.positionals
      return found(folders.flatMap(names.migrations).map { CommandLineCompletion.Candidate($0) }, text, lead)
    case .statements:
      var completion = CommandLineCompletion(candidates: names.statements(text, place.options))
      completion.isStatement = true
      return completion
    case .other: return CommandLineCompletion()
    }
  }

  private func found(
    _ candidates: [CommandLineCompletion.Candidate], _ text: String, _ lead: String
  ) -> CommandLineCompletion {
    CommandLineCompletion(
      candidates: candidates.filter { $0.word.hasPrefix(text) }
        .map { CommandLineCompletion.Candidate(lead + $0.word, help: $0.help) })
  }

  private func path(
    _ files: CommandLineCompletion.Files, _ text: String, _ lead: String
  ) -> CommandLineCompletion {
    CommandLineCompletion(path: CommandLineCompletion.Path(files: files, lead: lead, text: text))
  }

  /// Where in the command line a word stands, by the words before it.
  private struct Place {
    private(set) var command: CommandDescription
    /// The option whose value the word is, if it is one.
    private(set) var option: ArgumentDescription?
    private(set) var options: [GivenOption] = []
    private(set) var positionals: [String] = []
    /// True after `--`.
    private(set) var isPastOptions = false

    init(_ words: [String], in root: CommandDescription) {
      command = root
      for word in words { take(word) }
    }

    private mutating func take(_ word: String) {
      if let given = option {
        options.append(GivenOption(name: given.names.first ?? "", value: word))
        option = nil
      } else if isPastOptions || !word.hasPrefix("-") || word == "-" {
        if positionals.isEmpty, !isPastOptions, let subcommand = command.subcommand(word) {
          command = subcommand
        } else {
          positionals.append(word)
        }
      } else if word == "--" {
        isPastOptions = true
      } else if let argument = command.option(word.prefix { $0 != "=" }), let name = argument.names.first {
        let value = word.firstIndex(of: "=").map { String(word[$0...].dropFirst()) }
        if argument.kind == .option, value == nil {
          option = argument
        } else {
          options.append(GivenOption(name: name, value: value))
        }
      }
    }

    /// The positional argument that the word would be; nil where the command takes no more.
    var positional: ArgumentDescription? {
      let all = command.allArguments.filter { $0.kind == .positional }
      if positionals.count < all.count { return all[positionals.count] }
      return all.last.flatMap { $0.isRepeating ? $0 : nil }
    }
  }
}
