import Foundation
import Testing

@Suite("The reference")
struct ReferenceTests {
  @Test("docs/language.md matches the table of statements: `scripts/reference` generates it")
  func upToDate() async throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/language.md")
    let run = try await Home().wh("reference")
    #expect(run.exit == 0)
    #expect(try run.output == String(contentsOf: page, encoding: .utf8))
  }
}
