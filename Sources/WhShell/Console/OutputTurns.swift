import Synchronization

/// Lets sessions that run at the same time share the streams: one after the other prints, and what the later ones print is kept
/// until their turn. So the output of each is in one piece, in the order of the sessions.
package final class OutputTurns: Sendable {
  private struct Piece {
    let isError: Bool
    let text: String
  }

  private struct State {
    /// The session whose turn it is.
    var current = 0
    var ended: Set<Int> = []
    var kept: [Int: [Piece]] = [:]
    var isOutputClosed = false
  }

  private let streams: OutputStreams
  private let state = Mutex(State())

  package init(over streams: OutputStreams) {
    self.streams = streams
  }

  /// The streams of a session.
  ///
  /// - Parameter index: its place in the order of the sessions, from 0.
  package func streams(of index: Int) -> OutputStreams {
    OutputStreams(
      output: { [self] text in write(Piece(isError: false, text: text), of: index) },
      error: { [self] text in write(Piece(isError: true, text: text), of: index) },
      outputProblem: streams.outputProblem)
  }

  /// Ends the turn of a session, which prints no more, and prints what the following ones have printed so far.
  package func end(_ index: Int) {
    state.withLock { state in
      state.ended.insert(index)
      while state.ended.contains(state.current) {
        state.current += 1
        for piece in state.kept.removeValue(forKey: state.current) ?? [] { pass(piece, &state) }
      }
    }
  }

  /// Why results were lost, in the system's words; nil where none were, or their reader went away.
  package var outputProblem: String? { state.withLock(\.isOutputClosed) ? streams.outputProblem() : nil }

  private func write(_ piece: Piece, of index: Int) -> Bool {
    state.withLock { state in
      guard index <= state.current else {
        state.kept[index, default: []].append(piece)
        return true
      }
      return pass(piece, &state)
    }
  }

  @discardableResult
  private func pass(_ piece: Piece, _ state: inout State) -> Bool {
    if piece.isError { return streams.error(piece.text) }
    if !state.isOutputClosed { state.isOutputClosed = !streams.output(piece.text) }
    return !state.isOutputClosed
  }
}
