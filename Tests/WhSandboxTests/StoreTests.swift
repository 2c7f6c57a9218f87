import Foundation
import Testing

@testable import WhSandbox

@Suite("The store")
struct StoreTests {
  @Test("keeps changes in a file that was closed and opened again")
  func persistence() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "sandbox.sqlite").path
      var created = ""
      try await Harness.run(store: try Store(path: path)) { service in
        _ = try await service.call("PUT", Harness.path, body: #"{"url": "https://new.example.com/a"}"#)
        created = try await service.call("POST", Harness.webhooks, body: #"{"url": "https://new.example.com/b"}"#).text
        _ = try await service.call("DELETE", "\(Harness.webhooks)/\(DemoData.standard.webhooks[1].id)")
      }
      try await Harness.run(store: try Store(path: path)) { service in
        let list = try await service.call("GET", Harness.webhooks)
        #expect(try list.object["totalCount"] as? Int == 3)
        #expect(try list.items("webhooks")[0]["url"] as? String == "https://new.example.com/a")
        #expect(list.text.contains(created))
        #expect(try await service.call("GET", "/v1/organization/apps").object["totalCount"] as? Int == 13)
      }
    }
  }

  @Test("reset restores the demo data", arguments: [true, false])
  func reset(inMemory: Bool) async throws {
    try await withTemporaryFolder { folder in
      let store = try Store(path: inMemory ? nil : folder.appending(path: "sandbox.sqlite").path)
      let all = Page()
      let before = try await store.webhooks(of: Harness.app, all).items
      _ = try await store.delete(Harness.webhook, of: Harness.app)
      try await store.insert(
        Webhook(
          id: "new", appID: Harness.app, url: "https://a.b", events: [], headers: nil,
          createdAt: .utc(2026, 1, 1), updatedAt: .utc(2026, 1, 1)))
      #expect(try await store.webhooks(of: Harness.app, all).items != before)
      try await store.reset()
      #expect(try await store.webhooks(of: Harness.app, all).items == before)
      #expect(try await store.apps(all).items == DemoData.standard.apps)
    }
  }

  @Test("contains its initial data")
  func demoData() async throws {
    let store = try Store(demoData: .generate(apps: 3, webhooksPerApp: 2))
    #expect(try await store.apps(Page()).items.map(\.slug) == ["app-0001", "app-0002", "app-0003"])
    #expect(try await Store(demoData: .empty).apps(Page()).totalCount == 0)
  }

  @Test("makes its files readable by their owner alone, from the first byte")
  func modes() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "a/b/sandbox.sqlite").path
      try DataFile.create(at: path)
      #expect(try mode(of: path) == 0o600)
      let store = try Store(path: path)
      #expect(try await store.delete(Harness.webhook, of: Harness.app))
      for suffix in ["", "-wal", "-shm"] { #expect(try mode(of: path + suffix) == 0o600) }
      for parent in ["a", "a/b"] { #expect(try mode(of: folder.appending(path: parent).path) == 0o700) }
    }
  }

  @Test("keeps the modes of an existing file and folder")
  func presentModes() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "sandbox.sqlite").path
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: folder.path)
      _ = try Store(path: path)
      #expect(try mode(of: path) == 0o640)
      #expect(try mode(of: folder.path) == 0o750)
    }
  }

  @Test("says why it can't be opened", arguments: ["/proc/nowhere/sandbox.sqlite", "/dev/null/sandbox.sqlite", "/tmp"])
  func unusable(path: String) {
    #expect(throws: StoreError.self) { try Store(path: path) }
  }

  @Test("refuses a file that is not a database")
  func noDatabase() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "sandbox.sqlite").path
      try Data(repeating: 0x61, count: 4096).write(to: URL(filePath: path))
      #expect(throws: StoreError.self) { try Store(path: path) }
    }
  }

  @Test("one new file may be opened many times at once")
  func concurrentOpening() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "sandbox.sqlite").path
      let stores = try await withThrowingTaskGroup(of: Store.self) { group in
        for _ in 0..<8 {
          group.addTask {
            try await withCheckedThrowingContinuation { continuation in
              Thread.detachNewThread { continuation.resume(with: Result { try Store(path: path) }) }
            }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for store in stores { #expect(try await store.apps(Page()).totalCount == 13) }
    }
  }
}
