import WhDomain

/// What is known of the terminal that the process has.
package struct TerminalFacts: Equatable, Sendable {
  /// True if standard output is a terminal.
  package var isTerminal: Bool
  /// Nil where the terminal does not say.
  package var columns: Int?
  package var rows: Int?
  package var term: String?
  package var hasNoColour: Bool
  package var hasColour: Bool

  package init(
    isTerminal: Bool, columns: Int? = nil, rows: Int? = nil, term: String? = nil, hasNoColour: Bool = false,
    hasColour: Bool = false
  ) {
    self.isTerminal = isTerminal
    self.columns = columns
    self.rows = rows
    self.term = term
    self.hasNoColour = hasNoColour
    self.hasColour = hasColour
  }

  package init(_ terminal: SystemTerminal, _ environment: Environment, _ choice: ColourChoice) {
    let size = terminal.size
    self.init(
      isTerminal: terminal.isOutputTerminal, columns: size?.columns, rows: size?.rows, term: environment["TERM"],
      hasNoColour: environment["NO_COLOR"] != nil, hasColour: terminal.hasColourOutput(choice))
  }
}

extension Finding {
  package static func terminal(_ facts: TerminalFacts) -> Finding {
    let term = facts.term.map { "TERM=\($0)" } ?? "TERM is not set"
    guard facts.isTerminal else {
      return .ok(.terminal, "standard output is not a terminal: no colour, no pager (\(term))")
    }
    guard let name = facts.term, name != "dumb" else {
      return .warning(
        .terminal, "\(term): \(facts.hasColour ? "" : "no colour, ")no line editing, no pager",
        advice: "set TERM to the kind of the terminal, such as xterm-256color")
    }
    guard let columns = facts.columns, let rows = facts.rows else {
      return .warning(
        .terminal, "\(term), the size is not known", advice: "set it, for example with `stty columns 80 rows 24`")
    }
    let colour = facts.hasColour ? "colour" : facts.hasNoColour ? "no colour (NO_COLOR)" : "no colour"
    return .ok(.terminal, "\(term), \(columns) columns, \(rows) rows, \(colour)")
  }

  /// Whether lines can be edited.
  ///
  /// - Parameters:
  ///   - isInteractive: true if standard input and output are terminals.
  ///   - problem: why the line editor did not start, where it was tried.
  package static func prompt(isInteractive: Bool, problem: String?) -> Finding {
    guard isInteractive else {
      return .skipped(.prompt, because: "standard input and standard output are not both terminals")
    }
    guard let problem else { return .ok(.prompt, "the line editor starts") }
    return .problem(.prompt, problem, advice: "run scripts with `wh run`, or try another terminal")
  }

  package static func pager(_ environment: Environment) -> Finding {
    let program = PagerProgram.choice(environment)
    if environment["TERM"] == "dumb" { return .ok(.pager, "none (TERM=dumb)") }
    if program.isEmpty { return .ok(.pager, "none (PAGER is empty)") }
    let source = environment["PAGER"] == nil ? "default" : "PAGER"
    if environment.hasProgram(of: program) { return .ok(.pager, "\(program) (\(source))") }
    return .warning(
      .pager, "\(program) (\(source)) can't be started: long lists are not shown page by page",
      advice: environment["PAGER"] == nil ? "install less, or set PAGER" : "fix PAGER")
  }

  package static func editor(_ environment: Environment) -> Finding {
    let editor = EditorProgram(environment)
    let (name, program) = (editor.variable, editor.program)
    if environment.hasProgram(of: program) { return .ok(.editor, "\(program) (\(name ?? "default"))") }
    guard let name else { return .ok(.editor, "none: set VISUAL or EDITOR to use one") }
    return .warning(.editor, "\(program) (\(name)) can't be started", advice: "fix \(name)")
  }

  package static func locale(_ locale: SystemLocale) -> Finding {
    let setting = locale.variable.map { "\($0)=\(locale.name)" } ?? "no locale is set"
    let advice = "set \(locale.variable ?? "LANG") to a locale with UTF-8, such as C.UTF-8"
    switch locale.encoding {
    case "UTF-8": return .ok(.locale, setting)
    case nil:
      return .warning(.locale, "\(setting) is not installed: other programs take it for C", advice: advice)
    case let encoding?:
      return .warning(
        .locale,
        "\(setting): \(encoding), not UTF-8; `wh` writes UTF-8 all the same, "
          + "but the pager and other programs don't show letters outside of ASCII", advice: advice)
    }
  }
}
