import ArgumentParser
import WhSession
import WhShell
import WhSyntax

/// A word that is to be the number of a run. Any text is taken: the parser may hand over the value of an option that the command
/// lacks, and is to complain of that option.
struct RunArgument: ExpressibleByArgument {
  private let text: String

  init(argument: String) {
    text = argument
  }

  /// The number.
  ///
  /// - Throws: `ExitCode`; what is wrong was shown then.
  func number(_ runtime: Runtime) async throws -> Int {
    guard let number = Int(text), number > 0 else {
      throw await runtime.fail(.invalidRun, "`\(text)` is not the number of a run", ExitStatus.wrongUsage)
    }
    return number
  }
}
