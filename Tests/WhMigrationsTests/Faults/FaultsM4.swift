import Testing
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

@testable import WhMigrations

@Suite("M4: what a script is, and which one is another")
struct FaultsM4 {
  private let bench = Bench(["1-a.wh": Bench.edit("a"), "2-b.wh": Bench.edit("b")])

  @Test("M4: a pending script before applied ones is applied, with a note")
  func outOfOrder() async {
    #expect(await bench.up() == nil)
    bench["1-b.wh"] = Bench.edit("x", apps: "two")
    _ = bench.take()
    #expect(await bench.plan().isPending)
    #expect(bench.take() == ["1-b.wh after 2-b.wh", "applying 1-b.wh"])
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["1-b.wh after 2-b.wh", "applying 1-b.wh"])
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["nothing pending"])
  }

  @Test("M4: if an applied script or a script that it includes was edited or removed, nothing is run")
  func contradictions() async {
    bench["0-c.wh"] = "source \"common.inc\"\nuse app one\n"
    bench["common.inc"] = "let a = b\n"
    #expect(await bench.up() == nil)
    _ = bench.take()
    let writes = await bench.writes.count
    bench["3-new.wh"] = Bench.edit("n")
    for (file, text, code) in [
      ("common.inc", "let a = c\n", "edited-script"), ("1-a.wh", Bench.edit("a") + "#\n", "edited-script"),
      ("1-a.wh", nil, "missing-script"),
    ] as [(String, String?, String)] {
      let before = bench[file]
      bench[file] = text
      for failure in [await bench.up(), await bench.plan().failure] { #expect(failure == .failed) }
      #expect(bench.take() == ["error " + code, "error " + code])
      bench[file] = before
    }
    #expect(await bench.writes.count == writes)
    for form in [
      Bench.edit("a").replacing("\n", with: "\r\n"), "\u{FEFF}" + Bench.edit("a"), String(Bench.edit("a").dropLast()),
    ] {
      bench["1-a.wh"] = form
      #expect(await bench.plan().failure == nil, "\(form)")
    }
  }
}

@Suite("M4: names of scripts")
struct FaultsM4Names {
  @Test(
    "M4: a new script comes last, with the same number of digits",
    arguments: [
      ([], "0001-x.wh"), (["0001-a.wh"], "0002-x.wh"), (["0009-a.wh", "0003-b.wh"], "0010-x.wh"),
      (["1-a.wh"], "2-x.wh"), (["1-a.wh", "9-b.wh"], "91-x.wh"), (["9-b.wh", "91-c.wh"], "92-x.wh"),
      (["01-a.wh", "99-b.wh"], "991-x.wh"), (["001-a.wh"], "002-x.wh"), (["10-a.wh"], "11-x.wh"),
      (["0001-a.wh", "2-b.wh"], "3-x.wh"), (["20240101120000-a.wh"], "20240101120001-x.wh"),
      (["9999-a.wh"], "99991-x.wh"), (["99999999999999999999999-a.wh"], "999999999999999999999991-x.wh"),
    ])
  func new(names: [String], expected: String) throws {
    let name = try ScriptName.new("x", after: names)
    #expect(name == expected)
    #expect(names.allSatisfy { $0 < name })
  }

  @Test("M4: 200 scripts keep the order in which they were created")
  func many() throws {
    for first in [[], ["1-a.wh"], ["01-a.wh"], ["0001-a.wh", "7-b.wh"]] {
      var names = first
      for _ in 0..<200 { names.append(try ScriptName.new("x", after: names)) }
      #expect(names == names.sorted() && Set(names).count == names.count)
    }
  }

  @Test(
    "M4: the words of a title",
    arguments: [
      ("Rename sent", "0001-rename-sent.wh"), ("  a/b: ü c!", "0001-a-b-c.wh"), ("2nd try", "0001-2nd-try.wh"),
    ])
  func words(title: String, expected: String) throws {
    #expect(try ScriptName.new(title, after: []) == expected)
  }

  @Test("M4: a folder that no number follows is refused") func refused() {
    #expect(throws: ScriptNameProblem.noWords) { try ScriptName.new("…", after: []) }
    #expect(throws: ScriptNameProblem.nothingAfter("rename.wh")) {
      try ScriptName.new("x", after: ["0001-a.wh", "rename.wh"])
    }
  }

  @Test(
    "M4: what is a script",
    arguments: [
      ("1.wh", true), ("a.b.wh", true), ("._1.wh", false), (".#1.wh", false), (".wh", false), ("1.wh~", false),
      ("1.txt", false), (".wh-migrations", false),
    ])
  func scripts(name: String, isScript: Bool) {
    #expect(ScriptName.isScript(name) == isScript)
  }
}
