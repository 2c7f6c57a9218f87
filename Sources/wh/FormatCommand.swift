import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh fmt [--check] FILE…`
struct FormatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Format scripts.",
    discussion: "Files are rewritten in place; `-` reads standard input and prints the result.")

  @Argument(help: ArgumentHelp("The scripts; `-` is standard input.", valueName: "file"))
  var files: [String]

  @Flag(help: "Write nothing; list unformatted files and exit with 1 if there are any.")
  var check = false

  @OptionGroup var colour: ColourOption

  func run() async throws {
    let redactor = Redactor()
    let console = Console.standard(colour.color, redactor)
    let renderer = DiagnosticRenderer(
      isColoured: console.terminal.hasColourError, redactor: redactor)
    var worst: ExitCode?
    let (sources, problems) = Script.read(files.map { Script(name: $0) })
    for problem in problems { console.printError(renderer.render(problem)) }
    guard problems.isEmpty else { throw ExitStatus.unreadableFile }
    for source in sources {
      do {
        let text = try CommandTable.formatter.format(source)
        let isCanonical = Array(text.utf8) == source.bytes
        if check {
          if !isCanonical {
            console.print(Printable.escaped(source.name) + "\n")
            worst = worst ?? ExitStatus.somethingFailed
          }
        } else if source.name == "-" {
          console.print(text)
        } else if !isCanonical {
          try FileWriter.rewrite(source.name, text)
        }
      } catch let refused as FormattingRefused {
        // To be bound it is read for its secrets too.
        _ = Binder(readFile: { _ throws(FileProblem) in throw FileProblem("") }, redactor: redactor)
          .bind(source, in: Scope())
        for diagnostic in refused.diagnostics { console.printError(renderer.render(diagnostic)) }
        worst = ExitStatus.scriptErrors
      } catch let problem as FileProblem {
        console.printError("error[unwritable-file]: `\(Printable.escaped(source.name))`: \(problem.reason)\n")
        worst = ExitStatus.unreadableFile
      }
    }
    if let worst { throw worst }
    try ExitStatus.exit(ifUnwritten: console)
  }
}
