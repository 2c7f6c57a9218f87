import ArgumentParser
import Foundation
import WhAPI
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh profile add|list|show|remove|test`
struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Manage profiles: servers and where their keys come from.",
    subcommands: [Add.self, List.self, Show.self, Remove.self, Test.self], defaultSubcommand: List.self)

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a profile to the configuration.",
      discussion: "The configuration never contains the key itself, only a key file or a command that prints the key.")

    @Argument(help: "The profile name: letters, digits, `-` and `_`.")
    var name: String

    @OptionGroup var server: ServerArgument

    @Option(name: .customLong("key-file"), help: ArgumentHelp("File whose first line is the key.", valueName: "file"))
    var keyFile: String?

    @Option(
      name: .customLong("key-command"), help: ArgumentHelp("Shell command that prints the key.", valueName: "command")
    )
    var keyCommand: String?

    @Flag(name: .customLong("protected"), help: "Ask for confirmation before each commit.")
    var isProtected = false

    func validate() throws {
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else {
        throw ValidationError("A profile name may contain letters, digits, `-` and `_`.")
      }
      guard name != Configuration.sandbox else {
        throw ValidationError("`\(Configuration.sandbox)` is built in and cannot be added.")
      }
      if keyFile != nil, keyCommand != nil { throw ValidationError("--key-file and --key-command cannot be combined.") }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
      let scalar = Unicode.Scalar(byte)
      return scalar.isIdentifierScalar && scalar != "." && scalar != "~"
    }

    func run() async throws {
      if let hint = server.baseURL.flatMap({ try? BaseURL($0) })?.hint {
        Console.standard(.auto, Redactor()).printError("warning: \(Printable.escaped(hint))\n")
      }
      try ProfileCommand.with { file throws(ConfigurationProblem) in
        try file.add(
          name,
          Configuration.Profile(
            baseURL: server.baseURL, keyFile: keyFile, keyCommand: keyCommand, isProtected: isProtected))
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the profiles.")

    @OptionGroup var form: OutputOption

    func run() async throws {
      let output = form.output
      let configuration = try ProfileCommand.with(output) { file throws(ConfigurationProblem) in try file.load() }
      let console = Console.standard(.auto, Redactor())
      if output == .json {
        let json = JSONRenderer(console, verbosity: .normal)
        for (name, profile) in configuration.profiles.sorted(by: { $0.key < $1.key }) {
          let line = json.profile(
            name, server: ServerURL.withoutUser(profile.baseURL ?? BaseURL.service.description),
            keyFile: profile.keyFile, keyCommand: profile.keyCommand,
            isDefault: name == configuration.defaultProfile, isProtected: profile.isProtected)
          console.print(line, isMasked: true)
        }
        console.print(
          json.profile(
            Configuration.sandbox, server: nil, keyFile: nil, keyCommand: nil,
            isDefault: configuration.defaultProfile == Configuration.sandbox, isProtected: false), isMasked: true)
        return try ExitStatus.exit(ifUnwritten: console)
      }
      for (name, profile) in configuration.profiles.sorted(by: { $0.key < $1.key }) {
        let key = profile.keyPlace ?? "no key"
        let marks =
          (name == configuration.defaultProfile ? " (default)" : "") + (profile.isProtected ? " (protected)" : "")
        let url = ServerURL.withoutUser(profile.baseURL ?? BaseURL.service.description)
        console.print(Printable.escaped("\(name)\(marks): \(url), \(key)") + "\n")
      }
      console.print("\(Configuration.sandbox): the embedded sandbox\n")
      try ExitStatus.exit(ifUnwritten: console)
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove a profile from the configuration.")

    @Argument(help: ArgumentHelp("The profile to remove.", valueName: "profile"))
    var name: String

    func run() async throws {
      try ProfileCommand.with { file throws(ConfigurationProblem) in try file.remove(name) }
    }
  }

  /// Works with the configuration file, and says what is wrong with it.
  static func with<Value>(
    _ form: OutputOption.Form = .text, _ work: (ConfigurationFile) throws(ConfigurationProblem) -> Value
  ) throws -> Value {
    do {
      return try work(ConfigurationFile(ThisProcess.paths.configuration))
    } catch {
      throw ExitStatus.fail(
        error.message, error.isUnreadable ? ExitStatus.unreadableFile : ExitStatus.somethingFailed, .unreadableFile,
        form)
    }
  }
}
