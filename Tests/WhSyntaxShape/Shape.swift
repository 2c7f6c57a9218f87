import WhSyntax

/// Short texts for what was read, without its places: two texts of one shape mean the same.
package enum Shape {
  package static func of(_ script: ParsedScript) -> [String] { script.statements.map(of) }

  package static func of(_ match: Match) -> String {
    var pieces = ["\(match.command)", match.keywords.joined(separator: " ")]
    for (name, words) in match.words.sorted(by: { $0.key < $1.key })
    where !["selection", "exception"].contains(name) {
      pieces.append("\(name): " + words.map(text).joined(separator: " · "))
    }
    if let selection = match.selection { pieces.append("selection: " + of(selection)) }
    if let predicate = match.predicate { pieces.append("predicate: " + of(predicate)) }
    pieces += match.carried.map {
      "edit: \($0.command) " + $0.words.values.flatMap(\.self).map(text).sorted().joined()
    }
    return pieces.joined(separator: " | ")
  }

  package static func of(_ selection: SelectionSyntax) -> String {
    let exception = selection.exception.map { " but " + of($0) } ?? ""
    return of(selection.base) + exception + (selection.limit.map { " up to " + text($0) } ?? "")
  }

  package static func of(_ part: SelectionSyntax.Part) -> String {
    switch part {
    case .all: "all"
    case .names(let words): words.map(text).joined(separator: " · ")
    case .file(let word): "file " + text(word)
    case .matching(let predicate, _): of(predicate)
    }
  }

  package static func of(_ predicate: PredicateSyntax) -> String {
    switch predicate {
    case .not(let inner): "not(\(of(inner)))"
    case .all(let parts): "(" + parts.map(of).joined(separator: " & ") + ")"
    case .any(let parts): "(" + parts.map(of).joined(separator: " | ") + ")"
    case .comparison(let field, let sign, let value): "\(field.keyword ?? "?")\(sign.text)\(text(value))"
    case .event(let word): "event:" + text(word)
    case .eventPattern(let sign, let word): "event\(sign.text)" + text(word)
    case .header(let word, nil): "header:" + text(word)
    case .header(let word, let (sign, value)?): "header:\(text(word))\(sign.text)\(text(value))"
    }
  }

  /// The text of a word, with its variables as `<name>`.
  package static func text(_ word: Word) -> String {
    word.parts.map { part in
      switch part {
      case .text(let text, _): Printable.escaped(text)
      case .variable(let name, _): "<\(name)>"
      }
    }.joined()
  }

  /// Tokens with their quotes; a line's end is `⏎`.
  package static func of(_ tokens: [Token]) -> String {
    tokens.map { token in
      switch token.kind {
      case .word(let word):
        switch word.quoting {
        case .bare: text(word)
        case .double: "\"\(text(word))\""
        case .single: "'\(text(word))'"
        case .raw: "|\(text(word))|"
        }
      case .comma: ","
      case .comment: "[\(token.span.text)]"
      case .terminator(let isLineEnd): isLineEnd ? "⏎" : ";"
      }
    }.joined(separator: " ")
  }

  /// Diagnostics as `code@line:column «words under the caret»`.
  package static func of(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { diagnostic in
      let (line, column) = diagnostic.span.position
      return "\(diagnostic.code.rawValue)@\(line):\(column) «\(diagnostic.span.text)»"
    }
  }
}
