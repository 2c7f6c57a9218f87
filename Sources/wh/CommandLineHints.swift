import ArgumentParser
import Foundation
import WhSyntax

/// Errors of the command line that the option parser would misread or miss.
enum CommandLineHints {
  /// - Throws: `ValidationError`, which names the way to say it.
  static func check(_ placed: PlacedArguments) throws {
    if let command = placed.command.first, placed.leading.contains("-c") {
      throw ValidationError("`-c` and `\(command)` cannot be combined.")
    }
    // The sandbox has an option for the key to accept, and completion is handed what others typed.
    if !["sandbox", "complete"].contains(placed.command.first), let option = placed.arguments.first(where: namesKey) {
      throw ValidationError(
        "`\(option.prefix { $0 != "=" })` is not an option: keys cannot be passed as arguments. Set WH_API_KEY, or add a "
          + "profile with `wh profile add`.")
    }
    if placed.command.isEmpty, let first = placed.arguments.first, first.hasSuffix(".wh") {
      throw ValidationError(
        "`\(Printable.escaped(first))` is not a command. Did you mean `wh run \(Printable.escaped(first))`?")
    }
  }

  private static func namesKey(_ argument: String) -> Bool {
    ["--key", "--api-key", "--token"].contains { argument == $0 || argument.hasPrefix($0 + "=") }
  }
}
