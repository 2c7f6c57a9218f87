import WhDeterminism
import WhDomain
import WhJournal

/// What the parts of a running history share. It all runs on the one thread of its virtual time, which is what allows it to
/// be `Sendable` without locks.
final class World: @unchecked Sendable {
  let history: History
  let time: VirtualTime
  let service: SimulatedService
  let books = Books()
  /// The journal that all machines share, as no process of theirs has it open.
  let journal: MemoryRunLog
  /// The server that holds it.
  private(set) lazy var database = SimulatedDatabase(self)
  /// When the history begins, by the clock of the machines, in milliseconds.
  let start: Int64
  private let chance: Chance
  /// Once the history has run: nothing goes wrong any more.
  private(set) var isCalm = false
  private(set) var violation: String?
  /// What happened, line by line, if requested.
  private(set) var events: [String]?
  private(set) var requestCount = 0
  private(set) var processes: [SimulatedProcess] = []

  /// Random numbers, drawn from the history's seed.
  final class Chance: @unchecked Sendable {
    var random: SeededGenerator

    init(_ seed: UInt64) { random = SeededGenerator(seed: seed) }
  }

  init(_ history: History, isTold: Bool = false) {
    self.history = history
    events = isTold ? [] : nil
    let chance = Chance(history.seed &+ 1)
    self.chance = chance
    let time = VirtualTime(random: { chance.random.chance() })
    self.time = time
    start = World.moment(time.wall).milliseconds
    service = SimulatedService(history, time)
    journal = MemoryRunLog(
      environment: JournalEnvironment(now: { World.moment(time.wall) }, after: { _, _ in }))
    service.tell = { [unowned self] event in tell(event) }
  }

  static func moment(_ wall: Duration) -> Moment {
    let (seconds, attoseconds) = wall.components
    return Moment(milliseconds: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  // MARK: Time and chance

  /// Milliseconds since the history began.
  var now: Int { Int(World.moment(time.wall).milliseconds - start) }

  func upTo(_ most: Int) -> Int { chance.random.below(most + 1) }

  func happens(_ probability: Double) -> Bool { chance.random.chance() < probability }

  func pause(_ milliseconds: Int) async { await time.wait(.milliseconds(milliseconds)) }

  // MARK: What goes wrong

  var isDiskFull: Bool { !isCalm && history.fullDisks.contains { $0.contains(now) } }

  /// What becomes of the request that is sent now.
  func nextFate() -> Fate {
    let number = requestCount
    requestCount += 1
    if isCalm { return .answered }
    if let outage = history.outages.first(where: { $0.span.contains(now) }) { return outage.fate }
    return history.faults.first { $0.first <= number && number < $0.first + $0.count }?.fate ?? .answered
  }

  func add(_ process: SimulatedProcess) { processes.append(process) }

  /// Lets go of the processes, which hold on to this world.
  func end() { processes = [] }

  /// From here on nothing goes wrong, and what was on its way arrives.
  func calmDown() async {
    isCalm = true
    await pause(130_000)
  }

  /// Keeps the first rule that was broken.
  func report(_ rule: String) {
    if violation == nil { violation = "at \(now) ms: \(rule)" }
    tell("broken: \(rule)")
  }

  func tell(_ event: @autoclosure () -> String) {
    if events != nil { events?.append("\(now) ms: \(event())") }
  }
}
