import Testing
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

@testable import WhMigrations

@Suite("M1: a folder is known by an identity that travels with it")
struct FaultsM1 {
  private let bench = Bench(["1-a.wh": Bench.edit("a"), "2-b.wh": Bench.edit("b")])

  @Test("M1: the folder is identified only by its id, wherever it is")
  func moved() async {
    #expect(await bench.up() == nil)
    let writes = await bench.writes.count
    #expect(await bench.up(Bench.Setting(path: "/elsewhere")) == nil)
    #expect(await bench.writes.count == writes)
    bench.identity = FolderIdentity(random: [UInt8](repeating: 9, count: 16))
    #expect(await bench.up(Bench.Setting(path: "/a/third")) == nil)
    #expect(await bench.writes.count == 2 * writes, "another folder is another one")
  }

  @Test("M1: a checkout without the file, or with another id after a merge, is the same folder at its path")
  func lostFile() async throws {
    #expect(await bench.up() == nil)
    let (identity, writes) = (try #require(bench.identity), await bench.writes.count)
    bench.identity = nil
    #expect(await bench.status().isPending == false)
    #expect(await bench.up() == nil)
    #expect(bench.identity == identity)
    bench.identity = FolderIdentity(random: [UInt8](repeating: 7, count: 16))
    #expect(await bench.up() == nil)
    #expect(await bench.up(Bench.Setting(path: "/elsewhere")) == nil, "what was known is taken over")
    #expect(await bench.writes.count == writes)
  }

  @Test("M1: the ledger of version 0.1.0 for the path is taken over, per profile")
  func former() async throws {
    let host = "https://api.example.com"
    let ledger = bench.log.ledger(profile: "p", host: host, folder: "/repo/m")
    let hash = ScriptHash.formerHash(of: Array(Bench.edit("a").utf8))
    try await ledger.record(
      MigrationScript(name: "1-a.wh", sha256: hash), .applied, run: nil,
      apps: [AppID(unchecked: "app_1"): .applied, AppID(unchecked: "app_2"): .failed])
    _ = await bench.status()
    #expect(bench.take() == ["1-a.wh behind 1+1, 2-b.wh pending 0+2"])
    #expect(await bench.up(to: "1-a.wh") == nil)
    #expect(await bench.writes.map { $0.prefix(15) } == ["put app_2/v1 ur"])
    #expect(await bench.up(Bench.Setting(path: "/elsewhere"), to: "1-a.wh") == nil)
    #expect(await bench.writes.count == 1)
  }

  @Test("M1: the ledger of another folder at the same path is not taken over")
  func otherFolder() async throws {
    let ledger = bench.log.ledger(profile: "p", host: "https://api.example.com", folder: "/repo/m")
    try await ledger.record(MigrationScript(name: "1-a.wh", sha256: "other"), .applied, run: nil, apps: [:])
    #expect(await bench.up() == nil)
    #expect(await bench.writes.count == 6)
  }
}

@Suite("M1: the file of an identity")
struct FaultsM1File {
  @Test("M1: it is read as it is written") func isReadAsItIsWritten() throws {
    let identity = FolderIdentity(random: (0..<16).map { $0 * 16 })
    #expect(identity.id == "00102030405060708090a0b0c0d0e0f0")
    for text in [identity.text, identity.text.replacing("\n", with: "\r\n"), "\u{FEFF}" + identity.text, identity.id] {
      #expect(try FolderIdentity(file: Array(text.utf8)) == identity, "\(text)")
    }
  }

  @Test(
    "M1: a file without an id is refused",
    arguments: [
      ("", .empty), ("# only a comment\n", .empty), ("abc\n", .notAnID("abc")),
      ("<<<<<<< HEAD\n\(id("a"))\n=======\n\(id("b"))\n>>>>>>> x\n", .several), ("\(id("a"))\n\(id("b"))\n", .several),
      (id("g"), .notAnID(id("g"))), (id("A"), .notAnID(id("A"))),
    ] as [(String, FolderIdentityProblem)])
  func refused(text: String, problem: FolderIdentityProblem) {
    #expect(throws: problem) { try FolderIdentity(file: Array(text.utf8)) }
  }

  private static func id(_ digit: String) -> String { String(repeating: digit, count: 32) }
}
