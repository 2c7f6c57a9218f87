import WhSimulation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `simulate FIRST COUNT`: runs as many histories as asked for, from the first seed on. Exits with 1 when a rule is broken.
@main enum Simulate {
  static func main() {
    let numbers = CommandLine.arguments.dropFirst().map { UInt64($0) }
    guard numbers.count == 2, let first = numbers[0], let count = numbers[1] else {
      print("usage: simulate FIRST COUNT")
      exit(64)
    }
    guard let violation = Search(first..<first + count).violation else { return }
    print("seed \(violation.history.seed): \(violation.rule)\n\n\(violation.history)")
    exit(1)
  }
}
