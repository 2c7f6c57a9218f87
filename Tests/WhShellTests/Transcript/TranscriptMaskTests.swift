import Testing

@testable import WhShell

@Suite("What may differ from one run to the next")
struct TranscriptMaskTests {
  @Test(arguments: [
    ("  updated  2026-11-24T21:57:09.457Z", "  updated  2031-01-02T03:04:05Z"),
    ("committed: 1 updated (run 1)", "committed: 1 updated (run 12)"),
    ("staged the undo of run 3: 1 change", "staged the undo of run 44: 1 change"),
    (
      "9    2026-11-24T22:01:25Z  sandbox  prompt  finished  1 updated",
      "10   2026-11-24T22:01:26Z  sandbox  prompt  finished  1 updated"
    ),
    ("curl --url 'http://127.0.0.1:34967/v1'", "curl --url 'http://127.0.0.1:8089/v1'"),
    ("at http://localhost:1/ and [::1]:80", "at http://localhost:65535/ and [::1]:8"),
    ("then 2 writes, about 3 s at the rate limit", "then 2 writes, about 12 min at the rate limit"),
    ("PUT /v1/x → 200 (14 ms)", "PUT /v1/x → 200 (3 ms)"), (" --> prompt:1:1", "  --> long-name.wh:12:34"),
    ("1 | commit", "123 | commit"), ("  |", "    |"), ("  = staged by a.wh:1:2: x", "    = staged by -c:10:20: x"),
    (#"{"run":1,"source":"-c","line":1,"x":1}"#, #"{"run":22,"source":"t.wh","line":9,"x":1}"#),
  ])
  func alike(_ left: String, _ right: String) {
    let mask = TranscriptMask()
    #expect(mask.masked(left) == mask.masked(right))
  }

  @Test(arguments: [
    ("3 webhooks", "4 webhooks"), ("committed: 1 updated (run 1)", "committed: 2 updated (run 1)"),
    ("https://old.example.com:8080/x", "https://old.example.com:8081/x"), ("url a", "url b"), ("| a", "| b"),
    ("the choice of 10.0.0.1:80", "the choice of 10.0.0.1:81"), ("jobs = 8", "jobs = 4"), ("runs", "run"),
    (#"{"updated":1}"#, #"{"updated":2}"#), ("error[a]: x", "error[b]: x"), ("2026-11-24", "2026-11-25"),
  ])
  func unlike(_ left: String, _ right: String) {
    let mask = TranscriptMask()
    #expect(mask.masked(left) != mask.masked(right))
  }
}
