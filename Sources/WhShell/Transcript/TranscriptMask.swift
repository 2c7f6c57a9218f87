/// Takes out of a line what differs from one run to the next without meaning anything.
struct TranscriptMask {
  private let time = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+\-]\d{2}:\d{2})?/
  private let port = /(?<host>127\.0\.0\.1|localhost|\[::1\]):\d{1,5}/
  /// In words, and as the first column of a table of runs.
  private let run = /\b[Rr]uns? \d+/
  private let row = /^\d+ +(?=TIME)/
  private let duration = /\b\d+(\.\d+)? (ms|s|min|h)\b/
  /// The place of an error, and its line numbers.
  private let place = /^ *--> .+:\d+:\d+$/
  private let origin = /\bstaged by .+?:\d+:\d+:/
  private let gutter = /^ *\d* ?(?<sign>[|=])/
  private let member =
    #/
    "(?<name>run|undoes|undoneBy|line|column|source|script|scriptSHA256|host|user|tool)":("[^"]*"|\d+)
    /#
  private let spaces = /\s{2,}/

  func masked(_ text: String) -> String {
    text.replacing(time, with: "TIME")
      .replacing(port) { "\($0.host):PORT" }
      .replacing(run, with: "run N")
      .replacing(row, with: "N ")
      .replacing(duration, with: "DURATION")
      .replacing(place, with: "--> PLACE")
      .replacing(origin, with: "staged by PLACE:")
      .replacing(gutter) { String($0.sign) }
      .replacing(member) { "\"\($0.name)\":N" }
      .replacing(spaces, with: " ")
  }
}
