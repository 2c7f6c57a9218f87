import Foundation
import Testing
import WhDomain
import WhTestSupport

@testable import WhSystem

@Suite("H11: a file that is written is its owner's")
struct FaultsH11 {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func make(_ mode: mode_t, _ text: String = "old\n") throws {
    try Data(text.utf8).write(to: folder.url("file"))
    try #require(chmod(folder.path("file"), mode) == 0)
  }

  private var mode: mode_t? { FileInformation(folder.path("file"))?.permissions }
  private var text: String { get throws { try String(contentsOf: folder.url("file"), encoding: .utf8) } }

  @Test(
    "H11: what is recorded to or appended to is taken from others",
    arguments: [0o666, 0o644, 0o622, 0o604, 0o640, 0o600] as [mode_t])
  func existing(mode: mode_t) throws {
    try make(mode)
    let file = try SystemRecordedFile(folder.path("file"))
    #expect(file.start == Array("old\n".utf8) && self.mode == 0o600)
    file.close()
    try make(mode)
    try FileWriter.append(folder.path("file"), "new\n")
    #expect(try text == "old\nnew\n" && self.mode == 0o600)
    try FileWriter.write(folder.path("file"), "new\n")
    #expect(try text == "new\n" && self.mode == 0o600)
  }

  @Test(
    "H11: a report that others could write is taken from them", arguments: [0o666, 0o622, 0o602, 0o620] as [mode_t])
  func report(mode: mode_t) throws {
    try make(mode)
    try FileWriter.write(folder.path("file"), "new\n", mode: nil)
    #expect(try text == "new\n" && self.mode == 0o600)
  }

  @Test("H11: through a link, the file it leads to")
  func link() throws {
    try make(0o666)
    try #require(symlink("file", folder.path("link")) == 0)
    try FileWriter.append(folder.path("link"), "new\n")
    #expect(mode == 0o600)
    try make(0o666)
    try SystemRecordedFile(folder.path("link")).close()
    #expect(mode == 0o600)
  }

  @Test("H11: a device stays as it is")
  func device() throws {
    let before = FileInformation("/dev/null")?.permissions
    try FileWriter.append("/dev/null", "x")
    #expect(FileInformation("/dev/null")?.permissions == before)
  }
}
