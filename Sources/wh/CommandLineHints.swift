import ArgumentParser
import Foundation
import WhSyntax

/// Errors of the command line that the option parser would misread or miss.
enum CommandLineHints {
  /// - Throws: `ValidationError`, which names the way to say it.
  static func check(_ arguments: [String], subcommands: Set<String>) throws {
    let place = arguments.firstIndex(where: subcommands.contains) ?? arguments.endIndex
    if place < arguments.endIndex, arguments[..<place].contains("-c") {
      throw ValidationError("`-c` and `\(arguments[place])` cannot be combined.")
    }
    // The sandbox has an option for the key to accept.
    if place == arguments.endIndex || arguments[place] != "sandbox", let option = arguments.first(where: namesKey) {
      throw ValidationError(
        "`\(option.prefix { $0 != "=" })` is not an option: keys cannot be passed as arguments. Set WH_API_KEY, or add a "
          + "profile with `wh profile add`.")
    }
    if let first = arguments.first, first.hasSuffix(".wh"), !subcommands.contains(first) {
      throw ValidationError(
        "`\(Printable.escaped(first))` is not a command. Did you mean `wh run \(Printable.escaped(first))`?")
    }
  }

  private static func namesKey(_ argument: String) -> Bool {
    ["--key", "--api-key", "--token"].contains { argument == $0 || argument.hasPrefix($0 + "=") }
  }
}
