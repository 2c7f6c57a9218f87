import WhDomain
import WhSyntax

/// Turns texts into statements that can run. All of a text is read, with what it includes, before any of it runs.
package struct Binder: Sendable {
  /// Files that include others twice and more, many deep, would be read without end.
  private static let mostInclusions = 10_000

  private let readFile: @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
  private let redactor: Redactor

  package init(
    readFile: @escaping @Sendable (_ path: String) throws(FileProblem) -> [UInt8], redactor: Redactor
  ) {
    self.readFile = readFile
    self.redactor = redactor
  }

  package func bind(_ source: Source, in scope: Scope) -> Script {
    var statements: [Statement] = []
    var script = read(source, in: scope) { statements.append($0) }
    script.statements = statements
    return script
  }

  /// The same for the errors alone. It holds one statement at a time, however many there are.
  package func check(_ source: Source, in scope: Scope) -> Script { read(source, in: scope) { _ in } }

  private func read(_ source: Source, in scope: Scope, _ keep: (Statement) -> Void) -> Script {
    let reading = Reading(scope, CommandTable.vocabulary, redactor, readFile: readFile)
    var script = Script(scope: scope)
    read(source, reading, into: &script, chain: [], keep)
    script.scope = reading.scope
    script.foldProblems()
    return script
  }

  /// - Parameter chain: the files that include this one, outermost first, to find a cycle.
  private func read(
    _ source: Source, _ reading: Reading, into script: inout Script, chain: [String], _ keep: (Statement) -> Void
  ) {
    let origins = Origins(CommandTable.parser, redactor)
    var reader = CommandTable.parser.reader(of: source)
    /// Where the statements begin that could not be read.
    var unread: [Int] = []
    while reader.advance() {
      guard reader.hasStatement else { continue }
      guard let match = reader.match else {
        unread.append(reader.start)
        continue
      }
      let problems = reader.takeProblems(before: match.span.range.upperBound)
      let isBroken = problems.contains { $0.span.range.lowerBound >= match.span.range.lowerBound }
      if !problems.isEmpty { script.diagnostics += problems }
      var isRead = false
      var warnings: [Diagnostic]?
      do throws(Diagnostic) {
        reading.beginStatement()
        let statement = try bind(match, reading, origins, isIncluded: !chain.isEmpty)
        warnings = note(match, reading)
        statement.command.updateScope(&reading.scope)
        keep(statement)
        script.diagnostics += warnings ?? []
        isRead = !isBroken
        if let include = statement.command.inclusion {
          try self.include(include, at: statement.span, reading, into: &script, chain: chain, keep)
        }
      } catch {
        // What a broken word leads to is not a second error.
        if !isBroken { script.diagnostics += (warnings ?? reading.warnings) + [error] }
      }
      if !isRead { unread.append(reader.start) }
    }
    script.diagnostics += reader.takeProblems(before: .max)
    script.isIncomplete = script.isIncomplete || reader.isIncomplete
    guard !unread.isEmpty else { return }
    let scanner = SecretScanner(CommandTable.grammars, redactor)
    for start in unread { scanner.learn(from: Lexer.statement(of: source, at: start)) }
  }

  /// Notes which variables a statement uses, and gives the warnings that it led to.
  private func note(_ match: Match, _ reading: Reading) -> [Diagnostic] {
    let variables = match.variables
    if !variables.isEmpty { reading.scope.noteUse(of: variables) }
    guard reading.unshown > 0, let first = reading.warnings.first else { return reading.warnings }
    return reading.warnings + [.further(reading.unshown, first.span, .warning)]
  }

  private func bind(
    _ match: Match, _ reading: Reading, _ origins: Origins, isIncluded: Bool
  ) throws(Diagnostic) -> Statement {
    let arguments = Arguments(match, reading)
    arguments.hideURLs()
    let type = CommandTable.all[match.command]
    let isElsewhere = match.outputWord != nil
    if isElsewhere || type.usesValues, let place = arguments.withheldPlace {
      arguments.warn(.withheld(place))
      return Statement(WithheldStatement(), match.span, origins, isIncluded: isIncluded)
    }
    let command = try type.init(arguments)
    if reading.scope.isScript, command.isForPrompt { throw .onlyAtPrompt(match.span) }
    return Statement(
      command, match.span, origins, isIncluded: isIncluded, printing: try arguments.outputTarget())
  }

  /// Reads an included file in its place, so that what it sets is known to the statements below.
  private func include(
    _ file: Inclusion, at span: Span, _ reading: Reading, into script: inout Script, chain: [String],
    _ keep: (Statement) -> Void
  ) throws(Diagnostic) {
    guard !chain.contains(file.path) else { throw .sourceCycle(file, chain) }
    guard chain.count < 64 else { throw .tooDeep(file) }
    script.inclusions.count += 1
    guard script.inclusions.count <= Self.mostInclusions else {
      // Reported once: a script with this many inclusions usually has more.
      if script.inclusions.count == Self.mostInclusions + 1 { throw .tooMany(file, most: Self.mostInclusions) }
      return
    }
    let bytes: [UInt8]
    do {
      bytes = try readFile(file.path)
    } catch {
      throw Diagnostic(.unreadableFile, "`\(file.path)` can't be read: \(error.reason)", at: file.place)
    }
    let source = Source(name: file.path, bytes: bytes, folder: FilePath.folder(of: file.path))
    script.inclusions.add(source)
    let start = chain.isEmpty ? [span.source.name] : chain
    read(source, reading, into: &script, chain: start + [file.path], keep)
  }
}

extension Diagnostic {
  fileprivate static func sourceCycle(_ file: Inclusion, _ chain: [String]) -> Diagnostic {
    Diagnostic(
      .sourceCycle, "`\(file.path)` includes itself", at: file.place,
      label: "include chain: " + (chain + [file.path]).joined(separator: " → "))
  }

  fileprivate static func tooDeep(_ file: Inclusion) -> Diagnostic {
    Diagnostic(.sourceCycle, "files are nested more than 64 levels deep", at: file.place)
  }

  fileprivate static func tooMany(_ file: Inclusion, most: Int) -> Diagnostic {
    Diagnostic(.sourceCycle, "more than \(most) files are included", at: file.place)
  }
}

extension Match {
  /// The variables that the statement names.
  fileprivate var variables: [String] {
    var variables: [String] = []
    if isPlain { return variables }
    forEachWord { word in
      guard !word.isPlain else { return }
      for case .variable(let name, _) in word.parts { variables.append(name) }
    }
    return variables
  }
}
