import ArgumentParser
import WhSession
import WhShell
import WhSystem

/// `wh reference`: prints the language reference or a page of the manual; for `scripts/reference` and `scripts/package`, and so
/// not listed.
struct Reference: ParsableCommand {
  enum Page: String, ExpressibleByArgument, CaseIterable {
    case commands = "1"
    case language = "7"
  }

  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Print the language reference as Markdown, or a page of the manual.",
    shouldDisplay: false)

  @Option(name: .customLong("man"), help: ArgumentHelp("The page of this section of the manual.", valueName: "section"))
  var page: Page?

  @Option(help: ArgumentHelp("The date of the page, such as 2026-01-31.", valueName: "date"))
  var date = ""

  func run() throws {
    let console = Console.standard(.auto, Redactor())
    console.print(try text)
    try ExitStatus.exit(ifUnwritten: console)
  }

  private var text: String {
    get throws {
      switch page {
      case nil: ReferenceText.markdown
      case .commands: try CommandManual().page(date: date)
      case .language: LanguageManual.page(date: date)
      }
    }
  }
}
