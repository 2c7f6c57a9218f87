import ArgumentParser
import WhAPI
import WhDomain
import WhSyntax
import WhSystem

/// `--base-url` alone, for a command that writes it down.
struct ServerArgument: ParsableArguments {
  @Option(name: .customLong("base-url"), help: ServerURL.help)
  var baseURL: String?

  func validate() throws { try ServerURL.validate(baseURL) }
}

extension ServerURL {
  static let help = ArgumentHelp("The server url; default: WH_BASE_URL, then the profile's.", valueName: "url")

  /// - Throws: `ValidationError` for a url that no server can have.
  static func validate(_ baseURL: String?) throws {
    guard let baseURL else { return }
    do {
      _ = try BaseURL(baseURL)
    } catch {
      throw ValidationError(
        "`\(Printable.escaped(withoutUser(baseURL)))` is not a valid server url: it \(error.reason).")
    }
  }
}
