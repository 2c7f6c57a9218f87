import FlyingFox

/// Ends a connection in place of an answer.
///
/// FlyingFox asks a web socket's handler for its frames before it writes the head of the answer, and closes the connection
/// if that throws: the one way to close it with nothing sent.
struct NoAnswer: WSHandler {
  func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
    throw CancellationError()
  }
}
