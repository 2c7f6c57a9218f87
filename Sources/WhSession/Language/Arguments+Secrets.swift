import WhDomain
import WhSyntax

/// What of a statement's words is a secret, which nothing shows from then on.
extension Arguments {
  /// Hides the secrets of urls, as they are written and as they are with variables put in.
  func hideURLs() {
    // No secret of a url is without one of these.
    let (equals, at) = (UInt8(ascii: "="), UInt8(ascii: "@"))
    guard !match.isPlain(without: equals, at) else { return }
    match.forEachWord { word in
      guard !word.isPlain(without: equals, at) else { return }
      redactor.learn(urlsIn: word.span.text)
      guard word.quoting != .bare || word.parts.count > 1 else { return }
      redactor.learn(
        urlsIn: word.parts.reduce(into: "") { text, part in
          switch part {
          case .text(let piece, _): text += piece
          case .variable(let name, _): text += scope.variables[name] ?? ""
          }
        })
    }
  }

  /// Hides a word that is a secret: as it is sent, as it was written, and what its variables hold.
  func hide(_ word: Word) {
    var value = ""
    for part in word.parts {
      switch part {
      case .text(let text, let span):
        value += text
        // Of a word with variables, such as `Bearer ${token}`, the fixed part is not secret.
        if word.parts.count == 1 { redactor.learn(written: span.text) }
      case .variable(let name, _):
        if let held = scope.variables[name] {
          value += held
          redactor.learn(held)
        } else {
          for held in scope.lookups[name]?.values.map(\.self) ?? [] { redactor.learn(held) }
          redactor.learn(value)
          value = ""
        }
      }
    }
    redactor.learn(value)
    redactor.learn(short: word.span)
  }
}
