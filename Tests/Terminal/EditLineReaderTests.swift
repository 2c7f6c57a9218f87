import Foundation
import Testing
import WhShell
import WhTestSupport

@Suite("Opening the line editor")
struct EditLineReaderTests {
  @Test("Without a terminal it says so")
  func noTerminal() throws {
    let pipe = Pipe()
    #expect(throws: LineReaderError.notATerminal) {
      _ = try EditLineReader(
        input: pipe.fileHandleForReading.fileDescriptor, output: pipe.fileHandleForWriting.fileDescriptor, history: nil,
        colour: false
      ) { _, _ in CompletionResult(replaceFrom: 0, candidates: []) }
    }
  }

  @Test("The products are found next to the tests")
  func products() {
    #expect(FileManager.default.isExecutableFile(atPath: BuiltProducts.path(of: "line-reader-probe")))
  }

  @Test("A scripted reader plays its events and remembers what it was shown")
  func scripted() async throws {
    let reader = ScriptedLineReader(events: [.line("a"), .interrupted])
    #expect(try await reader.readLine(prompt: Prompt("1> ")) == .line("a"))
    reader.addHistory("a")
    reader.printAbove("text")
    #expect(try await reader.readLine(prompt: Prompt("2> ", isContinuation: true)) == .interrupted)
    #expect(try await reader.readLine(prompt: Prompt("3> ")) == .closed)
    #expect(reader.prompts.map(\.plainText) == ["1> ", "2> ", "3> "])
    #expect(reader.history == ["a"])
    #expect(reader.printed == ["text"])
  }
}
