/// A secret that is looked for where it must not be.
struct Canary: Sendable {
  let text: String

  /// The key, after the part that says what kind it is.
  static let key = Canary(text: "q7Vw2ZkX9mTf4RbLs8Nd")
  /// What a header of the service's webhook holds.
  static let held = Canary(text: "uH3gYp6JcE1oWa5KiQ0z")
  /// What scripts put into headers and variables.
  static let written = Canary(text: "Bx8Mv4DtGn7SrFy2PjUe")

  static let all = [key, held, written]

  static let apiKey = "sk_admin_" + key.text

  /// Some piece of it that is longer than chance explains; nil where there is none.
  func piece(in bytes: [UInt8]) -> String? {
    let canary = Array(text.utf8)
    let length = 8
    let pieces = Set((0...(canary.count - length)).map { Array(canary[$0..<($0 + length)]) })
    guard bytes.count >= length else { return nil }
    for start in 0...(bytes.count - length) {
      let window = Array(bytes[start..<(start + length)])
      if pieces.contains(window) { return String(decoding: window, as: UTF8.self) }
    }
    return nil
  }
}
