import CTestSupport
import Foundation

/// A program that a test runs to its end.
package enum TestProgram {
  package struct Problem: Error, CustomStringConvertible {
    package let description: String
  }

  private static let environment = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]

  /// Runs a program, and gives what it printed.
  ///
  /// - Parameter words: its path, and its arguments.
  @discardableResult
  package static func run(_ words: [String]) throws -> String {
    let file = "\(NSTemporaryDirectory())/wh-program-\(UUID().uuidString)"
    defer { unlink(file) }
    let (input, output) = (open("/dev/null", O_RDONLY | O_CLOEXEC), open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600))
    defer {
      close(input)
      close(output)
    }
    let process = withCStrings(words) { arguments in
      withCStrings(environment) { environment in
        cts_spawn_with_streams(words[0], arguments, environment, "/", [input, output, output])
      }
    }
    guard process > 0 else { throw Problem(description: "\(words[0]) can't be started") }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let text = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
    guard status == 0 else { throw Problem(description: "\(words.joined(separator: " ")): \(text)") }
    return text
  }
}
