/// What a display has printed: as it looks on the screen, and as a transcript keeps it, without colours and uncut.
struct Printing: Sendable {
  let shown: String
  let lines: [PrintedLine]
}
