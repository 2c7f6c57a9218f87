import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@Suite("S1: a selection that fails selects nothing")
struct FaultsS1 {
  @Test(
    "S1: what follows it changes nothing",
    arguments: [
      "use app nosuch", "use app one, nosuch", "use app one; webhook nosuch", "use app one; webhook w1, nosuch",
      "use app one; webhook w1 set header X-A \"${app.name}${webhook.id}\\u{0}\"; webhook nosuch",
      "use app from \"ids\"", "use app one; webhook from \"ids\"", "use profile nosuch",
    ])
  func nothing(_ selection: String) async throws {
    let harness = try Harness(files: ["ids": "w1\nnosuch\n"], answer: true)
    let text =
      "on error continue; use app one; webhook *; \(selection); delete webhook; set url https://x.example; commit"
    let bound = Bound(text, files: ["ids": "w1\nnosuch\n"])
    if bound.script.hasErrors { return }
    await harness.run(text)
    #expect(await harness.client.calls.filter { $0.hasPrefix("put") || $0.hasPrefix("delete") } == [])
  }
}

@Suite("S1: after a failed `use profile` nothing is connected")
struct FaultsS1Profile {
  @Test(
    "S1: what follows it never reaches the server before, and says why",
    arguments: [
      "use app one; webhook w1; set url https://x.example; commit", "use app *; webhook *", "show apps", "commit",
      "refresh",
      "undo", "dump", "show webhooks",
    ])
  func failed(_ statements: String) async throws {
    let harness = try Harness(answer: true)
    await harness.run("use app one; webhook *; show")
    await harness.client.forgetCalls()
    let trace = await harness.run("on error continue; use profile nosuch; \(statements)")
    #expect(Set(trace.codes).isSubset(of: [.unknownProfile, .noWebhooks, .noApps]), "\(trace.codes)")
    #expect(trace.codes.filter { $0 == .unknownProfile }.count > (statements == "dump" ? 0 : 1), "\(trace.codes)")
    #expect(await harness.client.calls == [])
    let snapshot = await harness.session.snapshot()
    #expect(snapshot.profile == nil && snapshot.view.plan.isEmpty)
  }

  @Test("S1: another profile can be selected then, and a lost connection is made again when it can be")
  func recovered() async throws {
    let other = Harness.twoApps()
    let harness = try Harness(others: ["q": other])
    let trace = await harness.run(
      "on error continue; use app one; use profile nosuch; use profile q; use app one; webhook *; show")
    #expect(trace.codes == [.unknownProfile])
    #expect(await other.calls.isEmpty == false)
  }
}

@Suite("S2: an expectation sees what the last commit could not do")
struct FaultsS2 {
  @Test(
    "S2: a refused change fails it, whatever it expects", arguments: ["url ~ https://*", "event MESSAGE_SENT", "5"])
  func refused(_ expected: String) async throws {
    let harness = try Harness()
    await harness.client.fail("put app_1/w3", with: APIError(.invalid, status: 400, message: "no"))
    let trace = await harness.run(
      "on error continue; use app *; webhook *; add event MESSAGE_SENT; commit; expect \(expected)")
    #expect(trace.codes == [.commitFailed, .expectationFailed])
  }
}

@Suite("S13: hosts are hosts")
struct FaultsS13 {
  @Test(
    "S13: only the host itself is replaced, in any letter case",
    arguments: [
      ("https://old.example.com/a", "https://new.example.com/a"),
      ("https://OLD.Example.com", "https://new.example.com"),
      ("https://old.example.com:8443/a", "https://new.example.com:8443/a"),
      ("https://notold.example.com/a", "https://notold.example.com/a"),
      ("https://old.example.com.evil.example/", "https://old.example.com.evil.example/"),
      ("https://x.example/?u=old.example.com", "https://x.example/?u=old.example.com"),
    ])
  func hosts(_ url: String, _ result: String) async throws {
    let harness = try Harness()
    await harness.client.change("w1", WebhookPatch(url: url))
    let trace = await harness.run("use app one; webhook w1; replace host old.example.com with new.example.com; show")
    #expect(trace.codes == [] && trace.rows.first?.contains(" \(result) ") == true, "\(trace.rows)")
  }
}

@Suite("H2 to H5: no input crashes, hangs or takes all memory")
struct FaultsH2 {
  @Test("H2: predicates that are long or deep", arguments: ["or", "and"])
  func predicates(_ word: String) async throws {
    let long = Array(repeating: "event MESSAGE_SENT", count: 20_000).joined(separator: " \(word) ")
    #expect(await (try Harness()).run("use app one; webhook where \(long)").codes == [])
    for deep in [String(repeating: "(", count: 20_000), String(repeating: "not ", count: 20_000)] {
      #expect(Bound("expect \(deep)event MESSAGE_SENT").script.hasErrors)
    }
  }

  @Test("H3: 100,000 mistakes are counted, not all shown")
  func mistakes() {
    for text in [
      String(repeating: "ad; ", count: 100_000),
      "add event " + Array(repeating: "TYPO", count: 100_000).joined(separator: ","),
      "add event " + (0..<100_000).map { "TYPO_\($0)" }.joined(separator: ", "),
      "expect " + Array(repeating: "url ~ x", count: 100_000).joined(separator: " or "),
      String(repeating: "“x” ", count: 100_000), String(repeating: "echo \"a\nb\"c\n", count: 10_000),
    ] {
      #expect(Bound(text).script.diagnostics.count <= 204)
    }
  }

  @Test("H4: a value is at most 1 MiB")
  func values() {
    let doubling = "let a = xxxxxxxx\n" + String(repeating: "let a = \"${a}${a}\"\n", count: 30)
    #expect(Bound(doubling).found.first == "error value-too-long 19:9")
  }

  @Test("H5: a file that can't be read is an error at the word that names it")
  func files() {
    for text in ["source \"f\"", "use app from \"f\"", "webhook from \"f\""] {
      #expect(Bound(text).found.first?.hasPrefix("error unreadable-file") == true)
    }
  }
}
