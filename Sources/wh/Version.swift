/// The version of this tool.
enum Version {
  static let text = "0.2.0"
}
