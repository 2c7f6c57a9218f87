import WhDomain

/// The options that `config` shows and sets.
package struct SessionOptions: Equatable, Sendable {
  /// How many requests may be in flight at once.
  package var jobs = 8
  package var output = OutputForm.text
  package var conflicts = ConflictPolicy.skip
  /// How old, in seconds, what was read may be before a commit reads it again.
  package var recheck = 30
  package var isStrict = false
  /// Whether a prompt shows what is longer than the screen page by page.
  package var isPaged = true
  /// Whether a prompt shows the line in colours while it is typed, and what may follow.
  package var isHighlighted = true
  package var hasHints = true
  /// Whether reports list everything.
  package var isVerbose = false
  /// Whether a prompt says how long each statement took, not only a slow one.
  package var isTimed = false
  /// What a prompt shows before a line; nil for the standard.
  package var prompt: PromptTemplate?
  /// The most webhooks that a session deletes; nil where any number may go. Only the command line sets it.
  package var mostDeletions: Int?

  package init() {}

  package enum OutputForm: String, Sendable {
    case text, json
    /// For lists that have columns. Only a statement asks for it; `config` does not.
    case csv

    static let settings = [OutputForm.text, .json]
  }

  /// What a commit does with a webhook that was changed after it was read.
  package enum ConflictPolicy: String, CaseIterable, Sendable {
    /// Leaves it alone and sends the others.
    case skip
    /// Sends nothing at all.
    case stop
    /// Sends anyway.
    case overwrite
  }

  /// One option as `config` knows it.
  package struct Descriptor: Sendable {
    package let name: String
    package let summary: String
    /// The values there are, for Tab; empty for a number.
    package let values: [String]
    package let current: @Sendable (SessionOptions) -> String
    let assign: @Sendable (inout SessionOptions, String) throws(InvalidValue) -> Void

    /// False for what concerns the machine or the screen: how many requests go at once, and how a prompt looks.
    var changesResults: Bool { !["highlight", "hints", "jobs", "pager", "prompt", "timing", "verbose"].contains(name) }
  }

  package static let all: [Descriptor] = [
    Descriptor(
      name: "conflicts", summary: "what a commit does when a webhook was changed after it was read",
      values: ConflictPolicy.allCases.map(\.rawValue), current: { $0.conflicts.rawValue },
      assign: { (options, text) throws(InvalidValue) in
        options.conflicts = try choice(text, of: ConflictPolicy.allCases)
      }),
    Descriptor(
      name: "highlight", summary: "whether the prompt colours the line while it is typed", values: ["on", "off"],
      current: { $0.isHighlighted ? "on" : "off" },
      assign: { (options, text) throws(InvalidValue) in options.isHighlighted = try flag(text) }),
    Descriptor(
      name: "hints", summary: "whether the prompt shows what may follow, or an earlier line", values: ["on", "off"],
      current: { $0.hasHints ? "on" : "off" },
      assign: { (options, text) throws(InvalidValue) in options.hasHints = try flag(text) }),
    Descriptor(
      name: "jobs", summary: "maximum number of concurrent requests, 1 to 64", values: [],
      current: { String($0.jobs) },
      assign: { (options, text) throws(InvalidValue) in options.jobs = try number(text, 1...64) }),
    Descriptor(
      name: "output", summary: "output format", values: OutputForm.settings.map(\.rawValue),
      current: { $0.output.rawValue },
      assign: { (options, text) throws(InvalidValue) in options.output = try choice(text, of: OutputForm.settings) }),
    Descriptor(
      name: "recheck", summary: "how long a webhook may go unread before a commit reads it again", values: [],
      current: { String($0.recheck) },
      assign: { (options, text) throws(InvalidValue) in options.recheck = try seconds(text, 0...86_400) }),
    Descriptor(
      name: "pager", summary: "whether the prompt shows long output with $PAGER (default `less -FRX`)",
      values: ["on", "off"], current: { $0.isPaged ? "on" : "off" },
      assign: { (options, text) throws(InvalidValue) in options.isPaged = try flag(text) }),
    Descriptor(
      name: "prompt",
      summary: "text of the prompt, with "
        + PromptTemplate.Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: " "),
      values: ["default"], current: { $0.prompt?.text ?? "default" },
      assign: { (options, text) throws(InvalidValue) in
        options.prompt = try text == "default" ? nil : PromptTemplate(text)
      }),
    Descriptor(
      name: "strict",
      summary: "whether a likely mistake, such as an unknown event name, is an error",
      values: ["on", "off"],
      current: { $0.isStrict ? "on" : "off" },
      assign: { (options, text) throws(InvalidValue) in options.isStrict = try flag(text) }),
    Descriptor(
      name: "timing", summary: "whether the prompt prints how long each statement took", values: ["on", "off"],
      current: { $0.isTimed ? "on" : "off" },
      assign: { (options, text) throws(InvalidValue) in options.isTimed = try flag(text) }),
    Descriptor(
      name: "verbose", summary: "whether reports list everything, as with --verbose", values: ["on", "off"],
      current: { $0.isVerbose ? "on" : "off" },
      assign: { (options, text) throws(InvalidValue) in options.isVerbose = try flag(text) }),
  ]

  private static func choice<Value: RawRepresentable>(
    _ text: String, of values: [Value]
  ) throws(InvalidValue) -> Value where Value.RawValue == String {
    guard let value = values.first(where: { $0.rawValue == text.lowercased() }) else {
      throw InvalidValue("must be one of " + values.map(\.rawValue).joined(separator: ", "))
    }
    return value
  }

  private static func flag(_ text: String) throws(InvalidValue) -> Bool {
    guard text == "on" || text == "off" else { throw InvalidValue("must be on or off") }
    return text == "on"
  }

  /// A duration such as `30s`, `5m` or `1h`, or a number of seconds.
  private static func seconds(_ text: String, _ range: ClosedRange<Int>) throws(InvalidValue) -> Int {
    guard let seconds = DurationText.seconds(text), range.contains(seconds) else {
      throw InvalidValue("must be a duration such as 30s or 5m, of at most \(range.upperBound) seconds")
    }
    return seconds
  }

  private static func number(_ text: String, _ range: ClosedRange<Int>) throws(InvalidValue) -> Int {
    guard let value = Int(text), range.contains(value) else {
      throw InvalidValue("must be between \(range.lowerBound) and \(range.upperBound)")
    }
    return value
  }
}
