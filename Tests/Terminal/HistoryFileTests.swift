import Foundation
import Testing
import WhShell
import WhTestSupport

@Suite("The history file")
struct HistoryFileTests {
  private func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test("Entries are read as they were written, whatever they contain")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let history = HistoryFile(path: folder.path("history"))
    let entries = ["plain", "two\nlines", "back\\slash \\n", "tab\tand\rreturn", "ünï 日本 😀", "nul\0nul", "\\"]
    for entry in entries { try history.append(entry) }
    #expect(try history.load() == entries)
  }

  @Test("The file and a new folder are private to the user from the start")
  func modes() throws {
    let folder = try TemporaryFolder()
    let history = HistoryFile(path: folder.path("a/b/history"))
    #expect(try history.load() == [])
    #expect(!FileManager.default.fileExists(atPath: folder.path("a")))
    try history.append("x")
    #expect(try mode(history.path) == 0o600)
    #expect(try mode(folder.path("a")) == 0o700)
    #expect(try mode(folder.path("a/b")) == 0o700)
  }

  @Test("A file that others could read is made private")
  func tightened() throws {
    let folder = try TemporaryFolder()
    try "old\n".write(to: folder.url("history"), atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path("history"))
    try HistoryFile(path: folder.path("history")).append("new")
    #expect(try mode(folder.path("history")) == 0o600)
  }

  @Test("Repetitions, empty lines, secrets and lines that begin with a space are not kept")
  func refused() throws {
    let folder = try TemporaryFolder()
    let history = HistoryFile(path: folder.path("history")) { $0.contains("password") }
    for line in ["a", "a", "b", " b", "", "\t", "set header password x", "b", "a"] { try history.append(line) }
    #expect(try history.load() == ["a", "b", "a"])
  }

  @Test("A purge removes entries with secrets, readable or not, and leaves other files alone")
  func purge() throws {
    let folder = try TemporaryFolder()
    let kept = HistoryFile(path: folder.path("history"))
    for line in ["one", "my\npassword", "two"] { try kept.append(line) }
    let history = HistoryFile(path: kept.path) { $0.contains("password") }
    try history.purge()
    #expect(try kept.load() == ["one", "two"])
    #expect(try mode(kept.path) == 0o600)
    let unreadable = Data("one\nbad \\q password\n".utf8)
    try unreadable.write(to: folder.url("history"))
    try history.purge()
    #expect(try Data(contentsOf: folder.url("history")) == Data("one\n".utf8))
    let innocent = Data("bad \\q escape\none".utf8)
    try innocent.write(to: folder.url("history"))
    try history.purge()
    #expect(try Data(contentsOf: folder.url("history")) == innocent)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["history"])
  }

  @Test("Lines that cannot be read are skipped, and appending continues after them")
  func corrupt() throws {
    let folder = try TemporaryFolder()
    let bytes =
      Array("good\n".utf8) + [0xFF, 0xFE, 0x0A] + Array("bad \\q escape\n\ntrailing \\\n".utf8) + [0, 0, 0x0A]
    try Data(bytes + Array("cut off".utf8)).write(to: folder.url("history"))
    let history = HistoryFile(path: folder.path("history"))
    #expect(try history.load() == ["good", "cut off"])
    try history.append("new")
    #expect(try history.load() == ["good", "cut off", "new"])
  }

  @Test("Above the limit the oldest tenth is dropped, and no other files remain")
  func limit() throws {
    let folder = try TemporaryFolder()
    let history = HistoryFile(path: folder.path("history"), limit: 20)
    for number in 1...20 { try history.append("line \(number)") }
    #expect(try history.load().count == 20)
    try history.append("line 21")
    #expect(try history.load() == (3...21).map { "line \($0)" })
    #expect(try mode(history.path) == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["history"])
  }

  @Test("A file with another limit returns the newest entries")
  func longer() throws {
    let folder = try TemporaryFolder()
    try (1...50).map { "line \($0)\n" }.joined().write(to: folder.url("history"), atomically: false, encoding: .utf8)
    #expect(try HistoryFile(path: folder.path("history"), limit: 3).load() == ["line 48", "line 49", "line 50"])
  }

  @Test("A limit of one keeps the newest")
  func one() throws {
    let folder = try TemporaryFolder()
    let history = HistoryFile(path: folder.path("history"), limit: 1)
    for line in ["a", "b", "c"] { try history.append(line) }
    #expect(try history.load() == ["c"])
  }

  @Test("Sessions that append and shorten at the same time lose nothing")
  func concurrent() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("history")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for session in 0..<8 {
        group.addTask {
          // So low a limit has one session replace the file while others wait for its lock.
          let history = HistoryFile(path: path, limit: 20)
          for line in 0..<200 {
            try history.append("\(session):\(line)")
            // The others may have pushed all of this session's lines out, but never one from between.
            let own = try history.load().compactMap { $0.hasPrefix("\(session):") ? Int($0.dropFirst(2)) : nil }
            #expect(own.isEmpty || own == Array((line + 1 - own.count)...line))
          }
        }
      }
      try await group.waitForAll()
    }
    let kept = try HistoryFile(path: path, limit: 20).load()
    #expect(kept.count >= 19 && kept.count <= 20)
  }

  @Test("A history that is a link stays one when it is shortened")
  func link() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(atPath: folder.path("history"), withDestinationPath: "elsewhere")
    let history = HistoryFile(path: folder.path("history"), limit: 3)
    for number in 1...4 { try history.append("line \(number)") }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("history")) == "elsewhere")
    #expect(try history.load().last == "line 4")
  }

  @Test("A history without a file is not an error")
  func devNull() throws {
    let history = HistoryFile(path: "/dev/null")
    try history.append("x")
    #expect(try history.load() == [])
  }

  @Test("An unusable history reports its file and the reason")
  func failures() throws {
    let folder = try TemporaryFolder()
    try "file".write(to: folder.url("file"), atomically: false, encoding: .utf8)
    let below = HistoryFile(path: folder.path("file/history"))
    #expect(throws: HistoryFileError(path: below.path, code: ENOTDIR)) { try below.append("x") }
    let isFolder = HistoryFile(path: folder.path)
    let error = #expect(throws: HistoryFileError.self) { try isFolder.append("x") }
    #expect(error?.description == "the history \(folder.path) cannot be used: Is a directory")
  }
}
