import ArgumentParser

/// `--base-url`: a group of its own since the root command reads it wherever it stands, and hands it to a subcommand's
/// group of the same type alone.
struct ServerArgument: ParsableArguments {
  @Option(
    name: .customLong("base-url"),
    help: ArgumentHelp("The server; else WH_BASE_URL, else the profile's.", valueName: "url"))
  var baseURL: String?
}
