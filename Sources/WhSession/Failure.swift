import WhSyntax

/// Why a statement, or a whole run, did not do what it was to do.
package struct Failure: Error, Sendable {
  /// The kinds differ in the exit code that they lead to, and in nothing else.
  package enum Kind: Int, Comparable, Sendable {
    /// Ran, and something failed.
    case failed
    case script
    /// A file can't be read or written.
    case unreadableFile
    case unreachable
    /// The journal is locked or can't be used: nothing was sent.
    case journal
    case keyRefused
    /// Stopped part-way: some of it is applied.
    case stopped

    /// True where no other statement is to run, whatever the script says.
    package var endsScript: Bool { self > .unreadableFile }

    package static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  package let kind: Kind
  package let diagnostic: Diagnostic

  package init(_ kind: Kind, _ diagnostic: Diagnostic) {
    self.kind = kind
    self.diagnostic = diagnostic
  }
}

/// What a statement gives back: values to be shown, and why it failed where it did so after all of them.
package struct Reply: Sendable, ExpressibleByArrayLiteral {
  package var outputs: [Output]
  /// What most likely is not meant, though the statement did what it says; shown before the outputs.
  package var warnings: [Diagnostic]
  package var failure: Failure?

  package init(_ outputs: [Output] = [], warnings: [Diagnostic] = [], failure: Failure? = nil) {
    self.outputs = outputs
    self.warnings = warnings
    self.failure = failure
  }

  package init(arrayLiteral outputs: Output...) {
    self.init(outputs)
  }
}
