import Foundation
import Testing
import WhDomain

@testable import WhAPI

struct SecretTests {
  private struct Holder: Encodable {
    let secret: Secret
    let many: [Secret]
    let maybe: Secret?
  }

  @Test func noWayOfPrintingShowsIt() throws {
    let text = "hunter2"
    let secret = Secret(text)
    let holder = Holder(secret: secret, many: [secret], maybe: secret)
    let request = HTTPRequest(.get, "/", authorization: secret)
    let key = try APIKey("sk_admin_hunter2")
    var shown: [String] = []
    for value: Any in [secret, holder, request, key, [secret: 1], (secret, 1), Optional(secret) as Any] {
      shown += ["\(value)", String(describing: value), String(reflecting: value)]
      var dumped = ""
      dump(value, to: &dumped)
      print(value, to: &dumped)
      debugPrint(value, to: &dumped)
      shown.append(dumped)
      shown += Mirror(reflecting: value).children.map { "\($0.value)" }
    }
    shown.append(String(decoding: try JSONEncoder().encode(holder), as: UTF8.self))
    for text in shown { #expect(!text.contains("hunter2")) }
    #expect("\(secret)" == "••••")
    #expect(secret.reveal() == text)
  }

  @Test(arguments: [
    ("sk_admin_abc", KeyKind.admin), ("sk_live_app_abc", .app), ("sk_test_app_abc", .app), ("other", .admin),
  ])
  func kinds(text: String, kind: KeyKind) throws {
    #expect(try APIKey(text).kind == kind)
  }

  @Test(arguments: ["", " ", "sk_admin_a b", "sk_admin_a\n", "sk_admin_a\u{0}", "sk_admin_é", "sk\tadmin"])
  func refusedKeys(text: String) {
    #expect { try APIKey(text) } throws: { error in
      // A reason may be printed, so it contains no part of the key.
      !"\(error)".contains("sk_admin")
    }
  }
}
