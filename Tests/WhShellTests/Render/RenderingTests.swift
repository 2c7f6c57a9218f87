import Synchronization
import Testing
import WhShell

@Suite("Text in pieces")
struct RenderingTests {
  private static func pieces(_ rendering: Rendering) -> [String] {
    let pieces = Mutex<[String]>([])
    rendering.writeOutput { piece in pieces.withLock { $0.append(piece) } }
    return pieces.withLock(\.self)
  }

  @Test func manyRowsComeInPiecesOfWholeLines() {
    let row = String(repeating: "x", count: 999) + "\n"
    let rendering = Rendering(first: "first\n", rows: Array(0..<1000), last: "last\n") { _ in row }
    let pieces = Self.pieces(rendering)
    #expect(pieces.count > 10)
    #expect(pieces.allSatisfy { $0.utf8.count < 70_000 && $0.hasSuffix("\n") })
    #expect(pieces.joined() == "first\n" + String(repeating: row, count: 1000) + "last\n")
    #expect(rendering.output == pieces.joined())
  }

  @Test func nothingIsNoPiece() {
    #expect(Self.pieces(Rendering()).isEmpty)
    #expect(Self.pieces(Rendering(rows: [Int]()) { _ in "x" }).isEmpty)
  }
}
