import ArgumentParser
import WhSandbox

/// The faults of the sandbox.
struct FaultArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Delay of every response, in milliseconds.", valueName: "ms"))
  var latency = 0

  @Option(help: ArgumentHelp("Maximum random extra delay, in milliseconds.", valueName: "ms"))
  var jitter = 0

  @Option(name: .customLong("fault"), help: FaultArguments.help)
  var shares: [FaultShare] = []

  @Option(
    name: .customLong("stall-seconds"), help: ArgumentHelp("Duration of a stall, in seconds.", valueName: "s"))
  var stallSeconds = 30.0

  @Option(help: ArgumentHelp("Random seed for faults.", valueName: "n"))
  var seed: UInt64?

  private static let help = ArgumentHelp(
    "Fraction of requests with a fault, such as garbled=0.05; repeatable. Faults: "
      + Fault.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "name=share")

  var faults: Options.Faults {
    Options.Faults(
      seed: seed, latency: latency, jitter: jitter,
      shares: Dictionary(shares.map { ($0.fault, $0.share) }) { $1 }, stallSeconds: stallSeconds)
  }
}

/// The value of `--fault`: NAME=SHARE.
struct FaultShare: ExpressibleByArgument {
  let fault: Fault
  let share: Double

  init?(argument: String) {
    let pieces = argument.split(separator: "=", maxSplits: 1)
    guard pieces.count == 2, let fault = Fault(rawValue: String(pieces[0])), let share = Double(pieces[1]) else {
      return nil
    }
    self.fault = fault
    self.share = share
  }
}
