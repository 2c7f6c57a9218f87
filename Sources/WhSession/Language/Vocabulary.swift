import WhSyntax

/// The statements of the language as a statement may need to know them: their grammars and help, and how one is made that another
/// one carries.
///
/// It is derived from the table of statements and handed down, so that no statement depends on the table that lists it.
package struct Vocabulary: Sendable {
  package let grammars: GrammarTable
  /// The help on each statement, which is made when it is asked for.
  package let pages: @Sendable () -> [Output.HelpPage]
  /// The errors of a script that includes no other, with the variables it is given.
  let errors: @Sendable (Source, Scope) -> [Diagnostic]
  /// Makes the statement of an index of the table.
  let make: @Sendable (_ index: Int, Arguments) throws(Diagnostic) -> any Command
}
