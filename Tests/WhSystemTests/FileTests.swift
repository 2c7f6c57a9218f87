import Foundation
import Testing
import WhDomain
import WhFiles
import WhSyntax
import WhTestSupport

@testable import WhSystem

@Suite("Files")
struct FileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
    try Data(text.utf8).write(to: folder.url(name))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path(name))
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try FileReader.read(folder.path(name)), as: UTF8.self)
  }

  private func mode(_ name: String) -> mode_t? { FileInformation(folder.path(name))?.permissions }

  // MARK: Reading

  @Test func reading() throws {
    let long = String(repeating: "0123456789", count: 20_000)
    try write("long", long)
    #expect(try text("long") == long)
    try write("empty", "")
    #expect(try text("empty") == "")
  }

  @Test("Only regular files are read; others are refused at once")
  func regular() throws {
    try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
    try #require(symlink(folder.path("pipe"), folder.path("link")) == 0)
    for path in [folder.path("pipe"), folder.path("link"), "/dev/zero", "/dev/null", "/dev/tty"] {
      let problem = #expect(throws: FileProblem.self) { try FileReader.read(path) }
      // Where there is no terminal, its device can't be opened.
      if path != "/dev/tty" { #expect(problem == .notRegular, "\(path)") }
    }
    #expect(throws: FileProblem("Is a directory")) { try FileReader.read(folder.path) }
    #expect(throws: FileProblem("No such file or directory")) { try FileReader.read(folder.path("none")) }
  }

  @Test("An inherited pipe is read by the name of its descriptor")
  func given() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    #expect(Descriptor.write(Array("from a pipe".utf8), to: ends[1]) == 0)
    close(ends[1])
    #expect(try FileReader.read("/dev/fd/\(ends[0])") == Array("from a pipe".utf8))
  }

  // MARK: Writing

  @Test("New and replaced files are private to their owner")
  func writing() throws {
    try FileWriter.write(folder.path("new"), "1")
    #expect(try text("new") == "1" && mode("new") == 0o600)
    try write("old", "0", mode: 0o666)
    try FileWriter.write(folder.path("old"), "2")
    #expect(try text("old") == "2" && mode("old") == 0o600)
    try FileWriter.write(folder.path("open"), "3", mode: nil)
    #expect(mode("open") != 0o600 || umask(0o077) == 0o077)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["new", "old", "open"])
  }

  @Test("A rewritten file keeps its permissions, and a link its file")
  func rewriting() throws {
    try write("script.wh", "old", mode: 0o640)
    try #require(symlink("script.wh", folder.path("link.wh")) == 0)
    try FileWriter.rewrite(folder.path("link.wh"), "new")
    #expect(try text("script.wh") == "new" && mode("script.wh") == 0o640)
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.wh"))) == "script.wh")
  }

  @Test func appending() throws {
    try FileWriter.append(folder.path("log"), "a")
    try FileWriter.append(folder.path("log"), "b")
    #expect(try text("log") == "ab" && mode("log") == 0o600)
  }

  @Test("Checking whether a file is writable leaves no files")
  func checking() throws {
    try FileWriter.checkWritable(folder.path("new"))
    #expect(FileInformation(folder.path("new")) == nil)
    #expect(throws: FileProblem("Is a directory")) { try FileWriter.checkWritable(folder.path) }
    #expect(throws: FileProblem("No such file or directory")) { try FileWriter.checkWritable(folder.path("no/such")) }
    #expect(throws: FileProblem("Is a directory")) { try FileWriter.write(folder.path, "x") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  // MARK: Folders and facts

  @Test func folders() throws {
    try Folder.make(folder.path("a/b/c"))
    try Folder.make(folder.path("a/b/c"))
    #expect(mode("a") == 0o700 && mode("a/b/c") == 0o700)
    try write("a/file", "x")
    let names = Folder.list(folder.path("a")).sorted { $0.name < $1.name }
    #expect(names.map(\.name) == ["b", "file"] && names.map(\.isFolder) == [true, false])
    #expect(Folder.list(folder.path("none")).isEmpty)
    #expect(throws: FileProblem.self) { try Folder.make(folder.path("a/file/x")) }
  }

  @Test func sameAndFilled() throws {
    try write("a", "x")
    try write("b", "")
    try #require(symlink("a", folder.path("link")) == 0)
    #expect(FileInformation.isSame(folder.path("a"), folder.path("link")))
    #expect(!FileInformation.isSame(folder.path("a"), folder.path("b")))
    #expect(!FileInformation.isSame("/dev/null", "/dev/null"))
    #expect(FileInformation.isFilled(folder.path("link")) && !FileInformation.isFilled(folder.path("b")))
    #expect(!FileInformation.isFilled("/dev/null") && !FileInformation.isFilled(folder.path("none")))
  }

  // MARK: Folders of scripts

  @Test("The scripts of a folder are read, also through links")
  func scripts() throws {
    try Folder.make(folder.path("m/deep.wh"))
    for name in ["2.wh", "1.wh", "notes.txt"] { try write("m/" + name, "echo \(name)\n") }
    try #require(symlink("m", folder.path("link")) == 0)
    let scripts = try ScriptFolder(folder.path("link") + "/", isScript: { $0.hasSuffix(".wh") })
    #expect(scripts.path == folder.path("link"))
    #expect(scripts.absolutePath == (try ScriptFolder(folder.path("m"), isScript: { _ in false })).absolutePath)
    #expect(scripts.sources.map(\.name).sorted() == ["1.wh", "2.wh"].map { folder.path("link") + "/" + $0 })
    #expect(scripts.sources.allSatisfy { $0.folder == folder.path("link") && !$0.bytes.isEmpty })
  }

  @Test func noScripts() throws {
    try write("file", "")
    let problems = [ScriptFolderProblem.notFolder(folder.path("file")), .missing(folder.path("none"))]
    for (name, problem) in zip(["file", "none"], problems) {
      #expect(throws: problem) { try ScriptFolder(folder.path(name), isScript: { _ in true }) }
    }
    try Folder.make(folder.path("m"))
    try #require(mkfifo(folder.path("m/1.wh"), 0o600) == 0)
    #expect(throws: ScriptFolderProblem.unreadable(folder.path("m/1.wh"), .notRegular)) {
      try ScriptFolder(folder.path("m"), isScript: { _ in true })
    }
  }

  // MARK: Transcripts

  @Test("A transcript is private to its owner, locked, and truncated where it is written")
  func recording() throws {
    let path = folder.path("t.wh")
    let file = try SystemRecordedFile(path)
    #expect(file.start.isEmpty && mode("t.wh") == 0o600)
    try file.write(Array("0123456789".utf8), at: 0)
    try file.write(Array("ab".utf8), at: 3)
    #expect(try file.read() == Array("012ab".utf8))
    #expect(throws: FileProblem("another session is recording to it")) { try SystemRecordedFile(path) }
    file.close()
    #expect(try SystemRecordedFile(path).start == Array("012ab".utf8))
    try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(throws: FileProblem.notRegular) { try SystemRecordedFile(folder.path("pipe")) }
  }
}
