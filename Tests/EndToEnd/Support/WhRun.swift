import Foundation
import Synchronization
import Testing
import WhTestSupport

/// A run of the built `wh`, from its arguments to its exit, over pipes.
struct WhRun: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  /// The exit code; 128 and the signal's number for one that a signal ended.
  let exit: Int32
  let outputBytes: [UInt8]
  let errorBytes: [UInt8]

  /// What it wrote to standard output.
  var output: String { String(decoding: outputBytes, as: UTF8.self) }
  /// What it wrote to standard error.
  var error: String { String(decoding: errorBytes, as: UTF8.self) }

  /// The lines of standard output, each a JSON object.
  var objects: [NSDictionary] {
    get throws {
      try output.split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
      }
    }
  }

  var testDescription: String {
    "wh \(arguments.joined(separator: " ")) → \(exit)\n--- standard output\n\(output)--- standard error\n\(error)"
  }
}

extension Home {
  /// Runs `wh` in the working folder.
  ///
  /// - Parameters:
  ///   - environment: what is added to, or replaces, this home's own; an empty value removes a variable.
  ///   - input: what standard input holds; nothing by default.
  func wh(_ arguments: String..., environment: [String: String] = [:], input: String = "") async throws -> WhRun {
    try await wh(arguments, environment: environment, input: input)
  }

  func wh(_ arguments: [String], environment: [String: String] = [:], input: String = "") async throws -> WhRun {
    try await ChildLimit.shared.with { try await whAtOnce(arguments, environment: environment, input: input) }
  }

  /// Runs it without waiting for its turn among the tests, for tests in which something else is held up in the meantime.
  func whAtOnce(_ arguments: [String], environment: [String: String] = [:], input: String = "") async throws -> WhRun {
    try await WhChild(self, arguments, environment: environment, input: input).finished()
  }
}

extension WhRun {
  /// What sends `wh` to a server, with a key.
  static func environment(
    _ server: FakeService, key: String = OneWebhook.adminKey
  ) -> [String: String] {
    ["WH_BASE_URL": server.url, "WH_API_KEY": key]
  }
}
