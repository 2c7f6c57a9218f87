import Foundation

/// A secret that is looked for where it must not be.
package struct Canary: Sendable {
  package let text: String

  package init(text: String) {
    self.text = text
  }

  /// The key, after the part that says what kind it is.
  package static let key = Canary(text: "q7Vw2ZkX9mTf4RbLs8Nd")
  /// What a header of the service's webhook holds.
  package static let held = Canary(text: "uH3gYp6JcE1oWa5KiQ0z")
  /// What scripts put into headers and variables.
  package static let written = Canary(text: "Bx8Mv4DtGn7SrFy2PjUe")

  package static let all = [key, held, written]

  package static let apiKey = "sk_admin_" + key.text

  /// A part of it that is too long to be accidental; nil if there is none.
  package func piece(in bytes: [UInt8]) -> String? {
    let (canary, data, length) = (Array(text.utf8), Data(bytes), 8)
    for start in 0...(canary.count - length) {
      let piece = Data(canary[start..<(start + length)])
      if data.range(of: piece) != nil { return String(decoding: piece, as: UTF8.self) }
    }
    return nil
  }
}
