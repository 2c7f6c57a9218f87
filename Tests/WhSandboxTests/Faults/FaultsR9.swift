import Foundation
import Testing

@testable import WhSandbox

@Suite("R9: events of calling")
struct FaultsR9 {
  @Test(
    "R9: the sandbox accepts the events of calling",
    arguments: [
      "calls.initiated", "calls.answered", "calls.completed", "calls.failed", "calls.recording.completed",
      "calls.voicemail.received",
    ])
  func calls(name: String) async throws {
    try await Harness.run { (service) async throws in
      let reply = try await service.call("PUT", Harness.path, body: #"{"events": ["\#(name)"]}"#)
      #expect(reply.status == 200)
      #expect(try reply.object["events"] as? [String] == [name])
    }
  }
}
