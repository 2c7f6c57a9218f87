import ArgumentParser
import WhSandbox

/// What the stand-in is to do wrong.
struct FaultArguments: ParsableArguments {
  @Option(help: ArgumentHelp("What every answer waits, in milliseconds.", valueName: "ms"))
  var latency = 0

  @Option(help: ArgumentHelp("The most that is added to the latency, in milliseconds.", valueName: "ms"))
  var jitter = 0

  @Option(name: .customLong("fault"), help: FaultArguments.help)
  var shares: [FaultShare] = []

  @Option(
    name: .customLong("stall-seconds"), help: ArgumentHelp("How long a stalled answer is held back.", valueName: "s"))
  var stallSeconds = 30.0

  @Option(help: ArgumentHelp("The seed that decides which requests meet a fault.", valueName: "n"))
  var seed: UInt64?

  private static let help = ArgumentHelp(
    "A fault and its share of the requests, as garbled=0.05; repeatable. Faults: "
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
