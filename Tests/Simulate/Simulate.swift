import WhSimulation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs histories from a first seed on, and exits with 1 when a rule is broken; or prints what happens in one history.
@main enum Simulate {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "events", let seed = arguments.last.flatMap({ UInt64($0) }) {
      return Simulation.events(ofSeed: seed).forEach { print($0) }
    }
    let numbers = arguments.map { UInt64($0) }
    guard numbers.count == 2, let first = numbers[0], let count = numbers[1] else {
      print("usage: simulate FIRST COUNT, or simulate events SEED")
      exit(64)
    }
    guard let violation = Search(first..<first + count).violation else { return }
    print("seed \(violation.history.seed): \(violation.rule)\n\n\(violation.history)\n")
    for event in violation.events { print(event) }
    exit(1)
  }
}
