import Testing

@testable import WhJournal

/// Expects work to fail for one reason, which has a description and advice of one line each.
func expectError(
  _ kind: JournalError.Kind, sourceLocation: SourceLocation = #_sourceLocation,
  _ work: () async throws -> Void
) async {
  do {
    try await work()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as JournalError {
    #expect(error.kind == kind, sourceLocation: sourceLocation)
    for text in [error.description, error.advice] {
      #expect(!text.isEmpty && !text.contains("\n") && !text.hasSuffix("."), sourceLocation: sourceLocation)
    }
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
  }
}
