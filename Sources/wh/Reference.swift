import ArgumentParser
import WhShell

/// `wh reference`: prints the language reference; for `scripts/reference`, and so not listed.
struct Reference: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the language reference as Markdown.", shouldDisplay: false)

  func run() {
    print(ReferenceText.markdown, terminator: "")
  }
}
