import WhAPI
import WhDomain
import WhJournal

/// What the simulator saw of the journal and of the requests, to judge by.
final class Books {
  /// One change that was written down to be made.
  struct Intent {
    let change: Change
    /// Names its request: two intents with one name ask for the same.
    let name: String
    let process: Int
    let time: Int
  }

  final class Run {
    let kind: RunMetadata.Kind
    var intents: [Intent] = []
    /// The places of intents with an outcome that closes them, and whether that is durable.
    var settled: [Int: Bool] = [:]
    var isAbandoned = false
    /// The processes that began it or took it up.
    var takers: [Int] = []
    /// How many of the intents were there when the run was undone.
    var undone = 0

    init(_ kind: RunMetadata.Kind) { self.kind = kind }
  }

  /// A write that went out, each try of its own.
  struct Request {
    let number: Int
    let name: String
    let change: Change
    /// The intent that it is for.
    let place: Place
    let process: Int
    let time: Int
    /// The longest that a read of the process took until then.
    let longestRead: Int
  }

  /// What a process learned about the tries of one write.
  struct Told {
    /// True while a try may have been applied, and no success was reported since.
    var mayBeApplied = false
    var isDone = false
    /// True when the process has looked at the service since the last uncertain try.
    var hasLooked = false
  }

  struct Teller: Hashable {
    let process: Int
    let place: Place
  }

  struct Place: Hashable {
    let run: Int
    let index: Int
  }

  private(set) var runs: [Int: Run] = [:]
  private(set) var places: [String: [Place]] = [:]
  private(set) var requests: [Int: Request] = [:]
  private var told: [Teller: Told] = [:]

  static func name(_ request: HTTPRequest) -> String {
    "\(request.method.rawValue) \(request.path) \(String(decoding: request.body ?? [], as: UTF8.self))"
  }

  // MARK: The journal

  func begin(_ number: Int, _ kind: RunMetadata.Kind, _ changes: [Change], process: Int, time: Int) {
    runs[number] = Run(kind)
    runs[number]?.takers = [process]
    if case .undo(let undone) = kind { runs[undone]?.undone = runs[undone]?.intents.count ?? 0 }
    append(changes, to: number, process: process, time: time)
  }

  func append(_ changes: [Change], to number: Int, process: Int, time: Int) {
    guard let run = runs[number] else { return }
    for change in changes {
      let name = (try? change.operation().request(for: .admin)).map(Self.name) ?? "none"
      places[name, default: []].append(Place(run: number, index: run.intents.count))
      run.intents.append(Intent(change: change, name: name, process: process, time: time))
    }
  }

  /// Forgets what was recorded and is not durable, as a crash does.
  func forgetUndurable(of number: Int) {
    guard let run = runs[number] else { return }
    run.settled = run.settled.filter(\.value)
  }

  /// Notes that the outcomes which close these intents are durable.
  func makeDurable(_ places: some Sequence<Int>, of number: Int) {
    for place in places { runs[number]?.settled[place] = true }
  }

  /// The intents that a request may be for: durable, open, and of a run in progress.
  func openPlaces(_ name: String) -> [Place] {
    (places[name] ?? []).filter { place in
      guard let run = runs[place.run] else { return false }
      return run.settled[place.index] == nil && !run.isAbandoned && place.index >= run.undone
    }
  }

  /// True for what a process takes a webhook to hold after a write of its own that had no answer.
  func isLeft(_ content: History.Content, at key: WebhookKey, by process: Int) -> Bool {
    runs.values.contains { run in
      run.intents.contains {
        $0.process == process && $0.change.key == key && $0.change.after.map(History.Content.init) == content
      }
    }
  }

  func intent(_ place: Place) -> Intent? { runs[place.run]?.intents[place.index] }

  // MARK: Requests

  func note(_ request: Request) { requests[request.number] = request }

  func isSent(_ place: Place, by process: Int) -> Bool {
    requests.values.contains { $0.process == process && $0.place == place }
  }

  /// What a process learned; nil if it sent nothing for that intent.
  func told(_ teller: Teller) -> Told? {
    isSent(teller.place, by: teller.process) ? told[teller] ?? Told() : nil
  }

  func noteUncertain(_ teller: Teller) {
    // A reported success is never revoked.
    if told[teller]?.isDone != true { told[teller] = Told(mayBeApplied: true) }
  }

  /// What is gone after an uncertain try went with that.
  func noteGone(_ teller: Teller) {
    if told[teller]?.mayBeApplied == true { noteDone(teller) }
  }

  func noteLook(by process: Int) {
    for teller in told.keys where teller.process == process { told[teller]?.hasLooked = true }
  }

  func noteDone(_ teller: Teller) { told[teller] = Told(mayBeApplied: false, isDone: true) }
}
