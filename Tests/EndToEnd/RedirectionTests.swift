import Foundation
import Testing
import WhTestSupport

@Suite("Output to files and commands")
struct RedirectionTests {
  private static let choice = "use app my-app; webhook \(OneWebhook.webhook); "

  @Test("A new file is private, has no colours, and is only overwritten on request")
  func files() async throws {
    let home = try Home()
    let first = try await home.wh("--sandbox", "--color", "always", "-c", Self.choice + "show > 'my file'")
    #expect(first.exit == 0 && first.output.isEmpty, "\(first.testDescription)")
    let text = try home.text("work/my file")
    #expect(text.contains("url      https://old.example.com") && !text.contains("\u{1B}"), "\(text)")
    #expect(try home.mode("work/my file") == 0o600)

    let again = try await home.wh("--sandbox", "-c", Self.choice + "show apps > 'my file'")
    #expect(again.exit == 1 && again.error.contains("error[file-exists]"), "\(again.testDescription)")
    #expect(again.error.contains("use `>!` to overwrite it"))
    #expect(try home.text("work/my file") == text)

    let more = try await home.wh("--sandbox", "-c", Self.choice + "show config >> 'my file'; show variables >! other")
    #expect(more.exit == 0, "\(more.testDescription)")
    #expect(try home.text("work/my file").hasPrefix(text + "conflicts"))
    let replaced = try await home.wh("--sandbox", "-c", "show variables >! 'my file'")
    #expect(replaced.exit == 0)
    #expect(try home.text("work/my file") == "no variables\n")
  }

  @Test("Empty files, links and devices can be written")
  func kinds() async throws {
    let home = try Home()
    try home.write("empty", "")
    try FileManager.default.createSymbolicLink(atPath: home.path("work/link"), withDestinationPath: "empty")
    let run = try await home.wh("--sandbox", "-c", "show variables > link; show variables > /dev/null; dump", "--quiet")
    #expect(run.error.contains("no-webhooks-chosen") && !run.error.contains("unwritable"), "\(run.testDescription)")
    #expect(try home.text("work/empty") == "no variables\n")
    #expect(FileManager.default.fileExists(atPath: "/dev/null"))
    let lost = try await home.wh("--sandbox", "-c", "show variables > no/such/folder")
    #expect(lost.exit == 66 && lost.error.contains("error[unwritable-file]"), "\(lost.testDescription)")
    for folder in [".", "./", "folder/.."] {
      let run = try await home.wh("--sandbox", "-c", "show variables > \(folder)")
      #expect(run.error.contains("`.` can't be written: Is a directory"), "\(run.testDescription)")
    }
  }

  @Test("`as json` applies to one statement, on the screen, in a file and for a command")
  func json() async throws {
    let home = try Home()
    let run = try await home.wh(
      "--sandbox", "-c", "show variables; use app my-app; show webhooks as json; show webhooks as json | grep -c '^{'")
    #expect(run.exit == 0, "\(run.testDescription)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "no variables" && lines.last == "3" && lines.count == 5, "\(run.output)")
    #expect(lines[1].hasPrefix(#"{"type":"webhook","version":2,"#))
  }

  @Test(
    "A note goes to the screen and the transcript, not to redirected output", arguments: ["", "as json"])
  func remarks(form: String) async throws {
    let home = try Home()
    let run = try await home.wh(
      "--sandbox", "--transcript", "kept.wh", "-c", Self.choice + "diff \(form) > file; diff \(form) | cat")
    #expect(run.exit == 0 && run.output.isEmpty, "\(run.testDescription)")
    #expect(run.error == "note: nothing staged\nnote: nothing staged\n", "\(run.testDescription)")
    #expect(try home.text("work/file").isEmpty)
    #expect(try home.text("work/kept.wh").contains("| cat\n#> note: nothing staged\n"))
  }

  @Test(
    "A command gets the same output as the screen; if it fails, that is an error with its place",
    arguments: [
      ("dump | grep -c 'set url'", 0, "1\n", ""), ("show variables | sed 's/no/;/' | tr v V", 0, "; Variables\n", ""),
      ("show apps | head -1 > /dev/null", 0, "", ""), ("show variables | false", 1, "", "exited with status 1"),
      ("show variables | kill -9 $$", 1, "", "killed by signal 9"),
      ("show variables | no-such-program", 1, "", "exited with status 127"),
      ("let x = 1; show variables | echo \"${x-shell}\"", 0, "shell\n", ""),
    ])
  func commands(statement: String, exit: Int32, output: String, error: String) async throws {
    let run = try await Home().wh("--sandbox", "-c", Self.choice + statement)
    #expect(run.exit == exit && run.output == output, "\(run.testDescription)")
    #expect(error.isEmpty ? run.error.isEmpty : run.error.contains(error), "\(run.testDescription)")
    #expect(exit == 0 || run.error.contains("error[command-failed]"))
  }

  @Test("An interrupt ends a running command, and the run with it", arguments: [SIGINT, SIGTERM])
  func interrupt(signal: Int32) async throws {
    let home = try Home()
    let run = try await ChildLimit.shared.with {
      let child = try WhChild(
        home, ["--sandbox", "-c", "show variables | echo begun && sleep 600 | cat; echo never"])
      _ = try await child.waitForOutput("begun\n")
      child.signal(signal)
      return try await child.finished()
    }
    #expect(run.exit == 75 && run.output == "begun\n", "\(run.testDescription)")
    #expect(run.error.hasPrefix("error[interrupted]"), "\(run.testDescription)")
  }

  @Test("Neither files nor commands get secrets, and a plan writes to neither")
  func secrets() async throws {
    let home = try Home()
    let canary = Canary.written.text
    let edit = Self.choice + "set header X-Token \(canary); let token = \(canary); "
    let run = try await home.wh(
      "--sandbox", "-c",
      edit + "diff > d; show > s; show variables as json > v; show requests > r; status | cat; diff | cat; rollback")
    #expect(run.exit == 0, "\(run.testDescription)")
    for name in ["d", "s", "v", "r"] {
      #expect(Canary.written.piece(in: try home.bytes("work/\(name)")) == nil, "\(name)")
    }
    #expect(Canary.written.piece(in: Array(run.output.utf8)) == nil)

    try home.write("plan.wh", Self.choice + "show > planned; show | touch touched; dump before.wh")
    let plan = try await home.wh("plan", "--sandbox", "plan.wh")
    #expect(plan.exit == 0 && plan.error.contains("a plan does not write files"), "\(plan.testDescription)")
    #expect(!FileManager.default.fileExists(atPath: home.path("work/planned")))
    #expect(!FileManager.default.fileExists(atPath: home.path("work/touched")))
    #expect(!FileManager.default.fileExists(atPath: home.path("work/before.wh")))
  }
}
