import Foundation
import WhAPI

/// The url of a server or a proxy as a user wrote it, which may hold a password.
package enum ServerURL {
  /// The text to show, without the part before an `@`.
  package static func withoutUser(_ text: String) -> String {
    guard let user = user(in: text) else { return text }
    return text.replacingCharacters(in: user, with: Secret.mask)
  }

  /// What must not be shown of it: the password, with the user's name and alone, also as it is when decoded; a long
  /// user's name alone too, which may be a token.
  package static func secrets(in text: String) -> [String] {
    guard let user = user(in: text).map({ text[$0] }) else { return [] }
    guard let colon = user.firstIndex(of: ":") else { return user.utf8.count < 12 ? [] : [String(user)] }
    let password = String(user[user.index(after: colon)...])
    return [String(user), password, password.removingPercentEncoding].compactMap(\.self).filter { !$0.isEmpty }
  }

  /// Up to the last `@`, because the password of an invalid url may contain anything.
  private static func user(in text: String) -> Range<String.Index>? {
    let start = text.range(of: "://")?.upperBound ?? text.startIndex
    guard let end = text[start...].lastIndex(of: "@") else { return nil }
    return start..<end
  }
}
