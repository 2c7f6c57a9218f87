#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The locale that programs take from the environment.
package struct SystemLocale: Equatable, Sendable {
  /// The variable that decides; nil where none does.
  package let variable: String?
  package let name: String
  /// How the locale encodes texts, such as `UTF-8`; nil for a locale that is not installed.
  package let encoding: String?

  package init(variable: String?, name: String, encoding: String?) {
    self.variable = variable
    self.name = name
    self.encoding = encoding
  }

  package init(_ environment: Environment) {
    variable = ["LC_ALL", "LC_CTYPE", "LANG"].first { environment[$0] != nil }
    name = variable.flatMap { environment[$0] } ?? "C"
    encoding = Self.encoding(of: name)
  }

  private static func encoding(of name: String) -> String? {
    guard let locale = newlocale(LC_CTYPE_MASK, name, nil) else { return nil }
    defer { freelocale(locale) }
    return nl_langinfo_l(nl_item(CODESET), locale).map { String(cString: $0) }
  }
}
