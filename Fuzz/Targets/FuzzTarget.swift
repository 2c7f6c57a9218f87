import Foundation
import WhDomain

/// A part of the product that reads what others wrote, with the rules that hold for every input.
package protocol FuzzTarget {
  /// Words that mean something to it, for libFuzzer's dictionary.
  static var words: [String] { get }
  /// Ends the process where a rule is broken.
  static func run(_ bytes: [UInt8])
}

/// The targets by their names, each of which has a folder in `Fuzz/corpus`.
package enum FuzzTargets {
  package static var all: [String: any FuzzTarget.Type] {
    [
      "syntax": SyntaxTarget.self, "format": FormatTarget.self, "answers": AnswersTarget.self, "dump": DumpTarget.self,
      "plan": PlanTarget.self, "run": RunTarget.self, "transcript": TranscriptTarget.self, "values": ValuesTarget.self,
    ]
  }
}

/// A rule that must hold for every input.
package func rule(_ isKept: Bool, _ name: @autoclosure () -> String) {
  if !isKept { broken(name()) }
}

func broken(_ name: String) -> Never {
  FileHandle.standardError.write(Data("fuzz: broken rule: \(name)\n".utf8))
  abort()
}

/// A text as JSON.
func json(_ text: String) -> String {
  var writer = JSONWriter()
  writer.string(text)
  return writer.text
}
