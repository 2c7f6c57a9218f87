import ArgumentParser
import WhSandbox

/// The forms of the service that the sandbox may take. By default it is the one that is documented.
struct FormArguments: ParsableArguments {
  @Option(help: "Available operations: all, noAdminReads or putOnly.")
  var routes: Options.Routes = .all

  @Option(name: .customLong("rate-limit"), help: FormArguments.rateLimitHelp)
  var rateLimit: [RateLimitArgument] = []

  @Flag(name: .customLong("no-error-codes"), help: "Leave the code out of every error.")
  var leavesOutErrorCodes = false

  @Option(name: .customLong("error-shape"), help: "Body of errors: object, or string for the message alone.")
  var errorShape: Options.ErrorShape = .object

  @Option(
    name: .customLong("delete-answer"),
    help: "Answer to a deletion: message (200), noContent (204), or empty (200 without a body).")
  var deleteAnswer: Options.DeleteAnswer = .message

  @Option(name: .customLong("enum"), help: "Accepted events: current (without MESSAGE_…), both generations, or any.")
  var events: Options.EventEnum = .both

  private static let rateLimitHelp = ArgumentHelp(
    "Rate limit per key: documented (default), none, or requests[/seconds], such as 120/6. Each family of routes has a "
      + "window of its own; apps=, webhooks= or general= limits one family. Repeatable.",
    valueName: "limit")

  /// The limits, of which later ones replace earlier ones.
  var rateLimits: Options.RateLimits {
    rateLimit.reduce(into: .documented) { limits, argument in
      switch argument {
      case .all(let all): limits = all
      case .family(let family, let limit): limits.limits[family] = limit
      }
    }
  }
}

extension Options.Routes: ExpressibleByArgument {}
extension Options.ErrorShape: ExpressibleByArgument {}
extension Options.DeleteAnswer: ExpressibleByArgument {}
extension Options.EventEnum: ExpressibleByArgument {}

/// The value of `--rate-limit`.
enum RateLimitArgument: ExpressibleByArgument {
  case all(Options.RateLimits)
  case family(Options.RouteFamily, Options.RateLimit)

  init?(argument: String) {
    switch argument {
    case "none": self = .all(.none)
    case "documented": self = .all(.documented)
    default:
      let pieces = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let last = pieces.last, let limit = Self.limit(last) else { return nil }
      if pieces.count == 1 {
        self = .all(.every(limit))
      } else if let family = Options.RouteFamily(rawValue: pieces[0]) {
        self = .family(family, limit)
      } else {
        return nil
      }
    }
  }

  /// Reads N or N/SECONDS.
  private static func limit(_ text: String) -> Options.RateLimit? {
    let pieces = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(pieces.count), let limit = pieces[0], limit > 0 else { return nil }
    let window = pieces.count == 2 ? pieces[1] : 60
    guard let window, window > 0 else { return nil }
    return Options.RateLimit(limit: limit, window: window)
  }
}
