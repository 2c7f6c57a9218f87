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
    var script = Script(scope: scope)
    bind(source, into: &script, chain: [])
    script.foldProblems()
    return script
  }

  /// - Parameter chain: the files that include this one, outermost first, to find a cycle.
  private func bind(_ source: Source, into script: inout Script, chain: [String]) {
    let parsed = CommandTable.parser.parse(source)
    script.isIncomplete = script.isIncomplete || parsed.isIncomplete
    var pending = parsed.diagnostics[...]
    var sound: Set<Int> = []
    for match in parsed.statements {
      var isBroken = false
      while let next = pending.first, next.span.range.lowerBound < match.span.range.upperBound {
        isBroken = isBroken || next.span.range.lowerBound >= match.span.range.lowerBound
        script.diagnostics.append(pending.removeFirst())
      }
      var warnings: [Diagnostic] = []
      var unshown = 0
      do throws(Diagnostic) {
        let statement = try bind(match, in: script.scope, isIncluded: !chain.isEmpty) { warning in
          if warnings.count < Script.mostProblems { warnings.append(warning()) } else { unshown += 1 }
        }
        script.scope.noteUse(of: match.variables)
        if unshown > 0 { warnings.append(.further(unshown, warnings[0].span, .warning)) }
        statement.command.updateScope(&script.scope)
        script.statements.append(statement)
        script.diagnostics += warnings
        if !isBroken { sound.insert(match.span.range.lowerBound) }
        if let include = statement.command.inclusion {
          try self.include(include, at: statement.span, into: &script, chain: chain)
        }
      } catch {
        // What a broken word leads to is not a second error.
        if !isBroken { script.diagnostics += warnings + [error] }
      }
    }
    script.diagnostics += pending
    if !parsed.diagnostics.isEmpty || sound.count < parsed.statements.count {
      SecretScanner(CommandTable.grammars, redactor).learn(from: Lexer.lex(source).tokens, except: sound)
    }
  }

  private func bind(
    _ match: Match, in scope: Scope, isIncluded: Bool, warn: @escaping (@autoclosure () -> Diagnostic) -> Void
  ) throws(Diagnostic) -> Statement {
    let arguments = Arguments(
      match: match, scope: scope, vocabulary: CommandTable.vocabulary, redactor: redactor, readFile: readFile,
      warn: warn)
    arguments.hideURLs()
    let type = CommandTable.all[match.command]
    let command: any Runnable
    var printing: OutputTarget?
    let isElsewhere = !arguments.words(Match.Output.slot).isEmpty
    if isElsewhere || type.usesValues, let place = arguments.withheldPlace {
      warn(.withheld(place))
      command = WithheldStatement()
    } else {
      command = try type.init(arguments)
      printing = try arguments.outputTarget()
    }
    let (line, column) = match.span.position
    let origin = Origin(
      source: match.span.source.name, line: line, column: column,
      statement: redactor.redact(Formatter.text(of: match)))
    return Statement(
      command, match.span, origin, isIncluded: isIncluded, printing: printing)
  }

  /// Reads an included file in its place, so that what it sets is known to the statements below.
  private func include(
    _ file: Inclusion, at span: Span, into script: inout Script, chain: [String]
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
    bind(source, into: &script, chain: start + [file.path])
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
    pieces.flatMap { piece -> [String] in
      guard case .word(let word) = piece else { return [] }
      return word.parts.compactMap { if case .variable(let name, _) = $0 { name } else { nil } }
    }
  }
}
