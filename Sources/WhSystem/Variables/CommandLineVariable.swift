/// A variable that the command line sets.
package struct CommandLineVariable: Equatable, Sendable {
  package enum Source: Equatable, Sendable {
    /// The value itself, which the list of processes shows to other users.
    case text(String)
    /// The environment variable of the same name.
    case environment
    case file(String)
    /// What a shell command prints.
    case command(String)
  }

  package let name: String
  package let source: Source

  package init(_ name: String, _ source: Source) {
    self.name = name
    self.source = source
  }

  /// True where the value is a secret whatever the name says.
  package var isSecret: Bool { if case .text = source { false } else { true } }

  /// The option that sets it.
  package var option: String {
    switch source {
    case .text: "--var"
    case .environment: "--var-env"
    case .file: "--var-file"
    case .command: "--var-command"
    }
  }
}
