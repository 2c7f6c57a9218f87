import ArgumentParser

/// `--verbose`: a group of its own, as `ServerArgument` is.
struct VerboseArgument: ParsableArguments {
  @Flag(help: "Print confirmations and requests too.")
  var verbose = false
}
