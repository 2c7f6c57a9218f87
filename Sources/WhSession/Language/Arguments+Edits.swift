import WhDomain
import WhSyntax

/// What edits are made of: urls, events and headers, as templates that are checked before any webhook is known.
extension Arguments {
  package func url(_ name: String) throws(Diagnostic) -> Template {
    let word = try word(name)
    let template = try template(of: word)
    let sample = Self.sample(template)
    redactor.learn(urlsIn: sample)
    try check(.invalidURL, "url", sample, word.span, WebhookURL.validate)
    if WebhookURL.isPlain(sample) { warn(.plainURL(word.span)) }
    return template
  }

  /// A text that is put into, or looked for in, a url.
  package func urlPart(_ name: String, mayBeEmpty: Bool) throws(Diagnostic) -> Template {
    let word = try word(name)
    let template = try template(of: word)
    let sample = Self.sample(template)
    redactor.learn(urlsIn: sample)
    if sample.isEmpty, !mayBeEmpty { throw .emptyText(word.span) }
    if let bad = sample.unicodeScalars.first(where: { $0.isControl || $0.properties.isWhitespace }) {
      throw .invalid(
        .invalidURL, "url", sample, InvalidValue("contains \(bad.quotedForMessage), which is not allowed in a url"),
        word.span)
    }
    return template
  }

  /// The host of a url, with a port where one is allowed.
  package func host(_ name: String, mayHavePort: Bool) throws(Diagnostic) -> String {
    let word = try word(name)
    let host = try text(of: word)
    try check(.invalidURL, "host", host, word.span) { text throws(InvalidValue) in
      try WebhookURL.validate(host: text, mayHavePort: mayHavePort)
    }
    return host
  }

  package func events(_ name: String) throws(Diagnostic) -> [String] {
    var events: [String] = []
    for word in words(name) {
      for text in try items(of: word) { events.append(try event(text, in: word)) }
    }
    return events
  }

  /// The name of an event. An unknown one is doubted: it may be misspelled, and then the statement does nothing.
  func event(of word: Word) throws(Diagnostic) -> String {
    try event(text(of: word), in: word)
  }

  private func event(_ event: String, in word: Word) throws(Diagnostic) -> String {
    // In quotes it is a name: what the service holds is valid, and must be possible to write.
    if word.quoting == .bare, event.utf8.first == UInt8(ascii: "|") { throw .pipedEvent(event, word.span) }
    if word.quoting == .bare, Glob.isPattern(event) { throw .eventPattern(event, word.span, known: scope.knownEvents) }
    try check(.invalidEvent, "event name", event, word.span, EventCatalogue.validate)
    if !scope.knows(event: event) { try doubt(.unknownEvent(event, word.span, known: scope.knownEvents)) }
    return event
  }

  package func headerName(_ name: String) throws(Diagnostic) -> String { try headerName(of: word(name)) }

  package func headerNames(_ name: String) throws(Diagnostic) -> [String] {
    var names: [String] = []
    for word in words(name) { names.append(try headerName(of: word)) }
    return names
  }

  func headerName(of word: Word) throws(Diagnostic) -> String {
    let name = try text(of: word)
    try check(.invalidHeaderName, "header name", name, word.span, Header.validate(name:))
    return name
  }

  /// The value of a header, which is hidden from now on where the name says that it is a secret.
  package func headerValue(_ name: String, ofHeader header: String) throws(Diagnostic) -> Template {
    try headerValue(of: word(name), ofHeader: header)
  }

  /// The value of a header that a word gives.
  func headerValue(of word: Word, ofHeader header: String) throws(Diagnostic) -> Template {
    let template = try template(of: word)
    let sample = Self.sample(template)
    if Header.isSecret(name: header) {
      hide(word)
      // A variable that turns out to be empty would take the place of a secret, also one in `Bearer ${token}`.
      let isEmpty = word.parts.contains {
        guard case .variable(let name, _) = $0 else { return false }
        return scope.variables[name]?.isEmpty ?? scope.lookups[name]?.values.contains("") ?? false
      }
      guard !isEmpty else { throw .emptySecret(header, word.span) }
    }
    do {
      try Header.validate(value: sample)
    } catch {
      throw .invalidHeaderValue(error, word.span)
    }
    return template
  }

  /// A text with its placeholders replaced by harmless values, to be checked before any webhook is known.
  private static func sample(_ template: Template) -> String {
    if case .text(let text)? = template.parts.first, template.parts.count == 1 { return text }
    return template.parts.map { part in
      switch part {
      case .text(let text): text
      case .placeholder: "x"
      case .lookup(let lookup): lookup.example ?? "x"
      }
    }.joined()
  }
}

extension Diagnostic {
  fileprivate static func plainURL(_ span: Span) -> Diagnostic {
    Diagnostic(
      .plainURL, "the service only accepts https urls", at: span, label: "it will reject this one", severity: .warning)
  }

  fileprivate static func emptySecret(_ header: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .emptyText, "the value of the secret header \(header) is empty", at: span,
      label: "set the variable to a value, or write `\"\"` to send an empty value")
  }

  fileprivate static func emptyText(_ span: Span) -> Diagnostic {
    Diagnostic(.emptyText, "the text to replace is empty", at: span, label: "enter the text to replace")
  }

  fileprivate static func pipedEvent(_ event: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedWord, "`\(Printable.escaped(event))` is not expected here", at: span,
      label: "this statement prints nothing for another command")
  }

  fileprivate static func eventPattern(_ pattern: String, _ span: Span, known: [String]) -> Diagnostic {
    let meant = known.filter(Glob(pattern).matches)
    return Diagnostic(
      .eventPattern, "`\(Printable.escaped(pattern))` is a pattern, not an event name", at: span,
      label: meant.isEmpty ? "list the events one by one" : "write `\(meant.joined(separator: ", "))`",
      notes: ["to select webhooks by a pattern, use `webhook where event ~ \(Printable.escaped(pattern))`"])
  }

  fileprivate static func unknownEvent(_ event: String, _ span: Span, known: [String]) -> Diagnostic {
    let near = DidYouMean.nearest(to: event, among: known)
    return Diagnostic(
      .unknownEvent, "`\(Printable.escaped(event))` is not a known event", at: span,
      label: near.map { "did you mean `\($0)`?" } ?? "run `show events` for a list")
  }

  fileprivate static func invalidHeaderValue(_ problem: InvalidValue, _ span: Span) -> Diagnostic {
    Diagnostic(.invalidHeaderValue, "the header value \(problem.reason)", at: span)
  }
}
