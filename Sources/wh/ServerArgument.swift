import ArgumentParser
import WhAPI
import WhDomain
import WhSyntax
import WhSystem

/// `--base-url`, for commands that connect, and for those that write it down.
struct ServerArgument: ParsableArguments {
  @Option(
    name: .customLong("base-url"),
    help: ArgumentHelp("The server url; default: WH_BASE_URL, then the profile's.", valueName: "url"))
  var baseURL: String?

  func validate() throws {
    guard let baseURL else { return }
    do {
      _ = try BaseURL(baseURL)
    } catch {
      throw ValidationError(
        "`\(Printable.escaped(ServerURL.withoutUser(baseURL)))` is not a valid server url: it \(error.reason).")
    }
  }
}
