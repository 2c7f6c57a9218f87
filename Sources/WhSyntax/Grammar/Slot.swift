/// What a word of a statement means: messages name it, Tab completes it.
package enum Slot: String, CaseIterable, Sendable {
  case app = "app"
  case webhook = "webhook"
  case url = "url"
  case urlPart = "text in the url"
  case host = "host"
  case event = "event"
  /// One that the selected webhooks will have and may lack.
  case newEvent = "new event"
  /// One that the selected webhooks have.
  case subscribedEvent = "subscribed event"
  case headerName = "header name"
  /// The name of one that the selected webhooks have.
  case presentHeader = "present header"
  case headerValue = "header value"
  case glob = "glob"
  case value = "value"
  case time = "time"
  case status = "app status"
  case appName = "app name"
  case slug = "slug"
  case variable = "variable name"
  case option = "option"
  case optionValue = "value of the option"
  case file = "file name"
  case command = "shell command"
  case topic = "help topic"
  case run = "run number"
  /// The number of a staged statement.
  case staged = "statement number"
  /// How many lines of the history.
  case lines = "number of lines"
  /// How many seconds from one time to the next.
  case seconds = "number of seconds"
  case profile = "profile name"
  case count = "number"
  /// How many of a selection to keep.
  case limit = "number of items"
  case word = "word"

  /// The noun with its article, as in "expected a url".
  package var phrase: String {
    if self == .newEvent { return Slot.event.phrase }
    let noun = rawValue
    let isVowel = noun.first.map { "aeio".contains($0) } ?? false
    return (isVowel ? "an " : "a ") + noun
  }

  /// The name in capitals, as a help line shows it.
  package var placeholder: String {
    switch self {
    case .urlPart: "TEXT"
    case .subscribedEvent: "EVENT"
    case .headerName, .presentHeader, .variable, .profile, .option, .appName: "NAME"
    case .headerValue, .optionValue: "VALUE"
    case .file: "\"FILE\""
    case .staged: "N"
    case .lines: "N"
    default: rawValue.split(separator: " ").last.map { $0.uppercased() } ?? rawValue.uppercased()
    }
  }
}

/// What a selection selects, and what a predicate is about.
package enum Subject: String, Sendable {
  case app, webhook
}
