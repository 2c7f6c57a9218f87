import ArgumentParser
import WhSession
import WhShell
import WhSystem

/// `wh reference`: prints the language reference; for `scripts/reference`, and so not listed.
struct Reference: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Print the language reference as Markdown.", shouldDisplay: false)

  func run() throws {
    let console = Console.standard(.auto, Redactor())
    console.print(ReferenceText.markdown)
    try ExitStatus.exit(ifUnwritten: console)
  }
}
