import WhDeterminism
import WhDomain
import WhJournal
import WhSession

/// Runs one history from its beginning to its end, and judges it.
package enum Simulation {
  /// - Returns: the first rule that was broken; nil when all was well.
  static func violation(of history: History) -> String? { run(World(history)).violation }

  /// What happens in the history of a seed, line by line.
  package static func events(ofSeed seed: UInt64) -> [String] { events(of: HistoryGenerator.history(seed: seed)) }

  static func events(of history: History) -> [String] { run(World(history, isTold: true)).events ?? [] }

  private static func run(_ world: World) -> World {
    do {
      try world.time.run { try await play(world) }
    } catch is VirtualTime.Stuck {
      world.report("every task waits for another one")
    } catch {
      world.report("the simulator failed: \(error)")
    }
    world.end()
    return world
  }

  private static func play(_ world: World) async throws {
    await withTaskGroup(of: Void.self) { group in
      for machine in Set(world.history.programs.map(\.machine)).sorted() {
        group.addTask {
          for program in world.history.programs where program.machine == machine { await play(program, world) }
        }
      }
    }
    for process in world.processes { await process.unwind() }
    await world.calmDown()
    world.service.catchUp(to: world.now)
    try await FinalRules(world, world.journal.another()).check()
    try await finish(world)
    if world.history.isUndone { try await undo(world) }
  }

  // MARK: Machines

  private static func play(_ program: History.Program, _ world: World) async {
    await world.pause(program.pause)
    let process = SimulatedProcess(world)
    let session = SimulatedSession(process, program)
    await process.run { await session.run(program.steps) }
    if process.isOver || program.isResumed { await resume(world, after: process) }
  }

  /// Resumes what a process left, as often as that crashes too.
  private static func resume(_ world: World, after process: SimulatedProcess) async {
    var last = process
    repeat {
      await world.pause(world.upTo(last.isOver ? 3000 : 12_000))
      last = SimulatedProcess(world)
      let session = SimulatedSession(last, nil)
      await last.run { await session.resume(nil) }
    } while last.isOver
  }

  // MARK: The end

  /// Resumes each unfinished run, and then nothing may be left to do.
  private static func finish(_ world: World) async throws {
    // Where the option says so a conflict keeps the rest back, once.
    for _ in 0..<(world.history.settings.conflicts == "stop" ? 2 : 1) { try await resumeEach(world) }
    world.service.catchUp(to: world.now)
    let rules = try await FinalRules(world, world.journal.another())
    rules.check()
    rules.checkNothingIsLeft()
  }

  private static func resumeEach(_ world: World) async throws {
    let journal = world.journal.another()
    let (profile, host) = (SimulatedSession.profile, SimulatedSession.host)
    for run in try await journal.unfinishedRuns(profile: profile, host: host) {
      let process = SimulatedProcess(world)
      let session = SimulatedSession(process, nil)
      await process.run { await session.resume(run.number) }
    }
  }

  /// Undoes the newest run, and then all that it changed must be as it was.
  private static func undo(_ world: World) async throws {
    let process = SimulatedProcess(world)
    let program = History.Program(
      machine: 0, pause: 0, isPrompt: false, ignoresUnfinished: true, isResumed: false, steps: [.undo, .commit])
    let session = SimulatedSession(process, program)
    await process.run { await session.run(program.steps) }
    world.service.catchUp(to: world.now)
    let rules = try await FinalRules(world, world.journal.another())
    rules.check()
    rules.checkUndone(process.expectation.undone)
  }
}
