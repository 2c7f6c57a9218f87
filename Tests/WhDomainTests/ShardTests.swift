import Testing

@testable import WhDomain

@Suite("Shards")
struct ShardTests {
  private static let apps = (1...1000).map { AppID(unchecked: "app_\($0)") }

  private static func shares(of count: Int) -> [Int] {
    apps.map { app in
      let takers = (1...count).filter { Shard("\($0)/\(count)")?.contains(app) ?? false }
      return takers.count == 1 ? takers[0] : 0
    }
  }

  @Test("Each app is in one share", arguments: [1, 2, 3, 4, 5, 16])
  func cover(count: Int) {
    let shares = Self.shares(of: count)
    #expect(!shares.contains(0), "in none, or in several")
    for number in 1...count {
      let size = shares.count { $0 == number }
      #expect(abs(Double(size) - 1000 / Double(count)) < 5 * (1000 / Double(count)).squareRoot(), "share \(number)")
    }
  }

  @Test("An additional machine moves only about its own share")
  func growth() {
    let (before, after) = (Self.shares(of: 4), Self.shares(of: 5))
    let moved = zip(before, after).filter { $0 != $1 }
    #expect((150...250).contains(moved.count), "\(moved.count) of 1000")
    #expect(moved.allSatisfy { $0.1 == 5 })
  }

  @Test("The shares are the same on every machine, and in every version")
  func fixed() {
    #expect(Self.shares(of: 4).prefix(24) == [2, 2, 4, 2, 4, 3, 1, 4, 1, 2, 3, 4, 2, 2, 3, 3, 3, 1, 1, 1, 3, 1, 1, 3])
    let seed = AppID(unchecked: "b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22")
    #expect((1...5).first { Shard("\($0)/5")?.contains(seed) ?? false } == 3)
  }

  @Test(
    "Only K/N with 1 ≤ K ≤ N ≤ 10,000 is a share",
    arguments: ["", "1", "0/3", "4/3", "1/0", "1/2/3", "a/b", "1/10001", "-1/2"])
  func refused(text: String) {
    #expect(Shard(text) == nil)
  }
}
