import Foundation
import Synchronization
import WhDeterminism
import WhTestSupport

/// Ends a child process with SIGKILL, or does something else to it, at a chosen moment.
final class Killer: Sendable {
  enum Moment {
    case afterStart(Duration)
    /// As this write comes in, counted from 1.
    case atWrite(Int)

    /// A moment of a command that has so many writes to do, of which so many are in flight at once.
    static func random(writes: Int, jobs: Int, using random: inout SeededGenerator) -> Moment {
      let kind = random.below(6)
      guard kind > 0, writes > 0 else { return .afterStart(.milliseconds(300) * random.chance()) }
      switch kind {
      case 1: return .atWrite(1 + random.below(min(writes, 2 * jobs)))
      case 2: return .atWrite(writes - random.below(min(writes, 2 * jobs)))
      default: return .atWrite(1 + random.below(writes))
      }
    }
  }

  private struct State {
    var child: WhChild?
    /// How many writes are still to come in before the kill; nil where none is to come.
    var writesLeft: Int?
    var strike: @Sendable (WhChild) -> Void = { $0.signal(SIGKILL) }
  }

  private let state = Mutex(State())

  /// Starts a child, and strikes at a moment.
  ///
  /// - Parameter strike: by default kills it.
  func start(
    _ moment: Moment?, strike: (@Sendable (WhChild) -> Void)? = nil, _ make: () throws -> sending WhChild
  ) throws -> WhChild {
    let child = try state.withLock { state in
      let child = try make()
      state = State(child: child)
      if let strike { state.strike = strike }
      if case .atWrite(let number) = moment { state.writesLeft = number }
      return child
    }
    if case .afterStart(let time) = moment {
      let strike = state.withLock(\.strike)
      DispatchQueue.global().asyncAfter(deadline: .now() + time / .seconds(1)) { strike(child) }
    }
    return child
  }

  /// A write has come in, and nothing is done with it yet.
  func noteWrite() {
    let struck = state.withLock { state -> (WhChild, @Sendable (WhChild) -> Void)? in
      guard let left = state.writesLeft else { return nil }
      state.writesLeft = left > 1 ? left - 1 : nil
      guard left == 1, let child = state.child else { return nil }
      return (child, state.strike)
    }
    if let (child, strike) = struck { strike(child) }
  }
}
