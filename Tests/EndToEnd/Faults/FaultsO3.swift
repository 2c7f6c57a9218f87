import Foundation
import Testing
import WhTestSupport

@Suite("Runs of other profiles, and journals that can't be written, are left alone")
struct FaultsO3 {
  @Test("O3: runs prune with a profile removes its runs alone")
  func prune() async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    try home.write("key", OneWebhook.adminKey + "\n")
    try home.configure(
      ["a", "b"].map { "[profiles.\($0)]\nbase_url = \"\(server.url)\"\nkey_file = \"\(home.path("work/key"))\"\n" }
        .joined())
    for profile in ["a", "b"] {
      let run = try await home.wh("--profile", profile, "-c", OneWebhook.example)
      #expect(run.exit == 0, "\(run.testDescription)")
    }
    let prune = try await home.wh("runs", "prune", "--older-than", "0s", "--profile", "a")
    #expect(prune.output == "removed 1 run\n", "\(prune.testDescription)")
    let left = try await home.wh("runs", "--output", "json")
    #expect(try left.objects.map { $0["profile"] as? String } == ["b"])
    let filtered = try await home.wh("runs", "--profile", "a")
    #expect(filtered.output == "no runs\n", "\(filtered.testDescription)")
  }

  @Test("O11: runs reads a journal that can't be written")
  func readOnly() async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    let run = try await home.wh("-c", OneWebhook.example, environment: WhRun.environment(server))
    #expect(run.exit == 0, "\(run.testDescription)")
    let journal = try #require(home.files.first { $0.hasSuffix(".sqlite") })
    let before = try home.bytes(journal)
    try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: home.path(journal))
    let list = try await home.wh("runs")
    #expect(list.exit == 0 && list.output.contains("1 updated"), "\(list.testDescription)")
    #expect(try home.bytes(journal) == before)
  }
}
