import WhSession

/// Keeps what is printed, to be compared.
struct CaptureForm: RecordingForm {
  private(set) var lines: [PrintedLine] = []

  mutating func begin(_ text: String, isIncluded: Bool) {}
  mutating func note(_ printing: Printing) { lines += printing.lines }
  mutating func finish(isFailed: Bool) {}
  mutating func refuse(_ text: String, _ printings: [Printing]) { lines += printings.flatMap(\.lines) }
}
