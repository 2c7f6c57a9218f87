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
    name: .customLong("stall-seconds"),
    help: ArgumentHelp("With --fault stall: its duration, in seconds; default: 30.", valueName: "s"))
  var stallSeconds: Double?

  @Option(help: ArgumentHelp("With --fault or --jitter: the random seed.", valueName: "n"))
  var seed: UInt64?

  private static let help = ArgumentHelp(
    "Fraction of requests with a fault, such as garbled=0.05; repeatable. Faults: "
      + Fault.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "name=share")

  /// An option that would do nothing; nil where there is none.
  var problem: String? {
    if stallSeconds != nil, !shares.contains(where: { $0.fault == .stall }) {
      return "--stall-seconds needs --fault stall=SHARE."
    }
    return seed != nil && shares.isEmpty && jitter == 0 ? "--seed needs --fault or --jitter." : nil
  }

  var faults: Options.Faults {
    Options.Faults(
      seed: seed, latency: latency, jitter: jitter,
      shares: Dictionary(shares.map { ($0.fault, $0.share) }) { $1 }, stallSeconds: stallSeconds ?? 30)
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
