/// One cell of a `Screen`.
package struct ScreenCell: Sendable, Equatable {
  /// The character with its combining marks; empty in the second half of a wide one.
  package var text = " "
  /// The parameters of the graphic rendition in force when it was written, such as `1;32`; empty for plain.
  package var style = ""
}
