import WhDomain
import WhSyntax

/// The registry: one line for each statement of the language. Everything that lists statements derives from it.
package enum CommandTable {
  package static let all: [any Command.Type] = [
    UseApp.self,
    UseProfile.self,
    ChooseWebhooks.self,
    ShowSelection.self,
    ShowApps.self,
    ShowWebhooks.self,
    ShowWebhooksBy.self,
    ShowEvents.self,
    ShowRuns.self,
    ShowRun.self,
    ShowVariables.self,
    ShowConfig.self,
    ShowRequests.self,
    Refresh.self,
    SetURL.self,
    ReplaceURL.self,
    ReplaceHost.self,
    SetEvents.self,
    AddEvent.self,
    RemoveEvent.self,
    RenameEvent.self,
    SetHeader.self,
    RemoveHeader.self,
    ClearHeaders.self,
    CreateWebhook.self,
    DeleteWebhook.self,
    Status.self,
    Diff.self,
    Commit.self,
    Rollback.self,
    Unstage.self,
    Undo.self,
    Resume.self,
    Expect.self,
    Dump.self,
    Let.self,
    LetFrom.self,
    SourceFile.self,
    Echo.self,
    OnError.self,
    Config.self,
    Record.self,
    ShowHistory.self,
    EditLine.self,
    RunShell.self,
    Watch.self,
    ShowHelp.self,
    Quit.self,
    Exit.self,
  ]

  package static let grammars = GrammarTable(
    all.map { GrammarTable.Entry($0.grammar, isEdit: $0.kind == .edits, looks: [.looks, .prints].contains($0.kind)) },
    synonyms: .standard)

  package static let parser = Parser(grammars)

  package static let formatter = Formatter(grammars)

  package static let pages: [Output.HelpPage] = all.map {
    Output.HelpPage(
      name: $0.grammar.head, synopsis: $0.grammar.synopsis, isEdit: $0.kind == .edits, help: $0.help)
  }

  package static let vocabulary = Vocabulary(
    grammars: grammars, pages: { pages },
    errors: { source, scope in
      let alone = Binder(
        readFile: { _ throws(FileProblem) in throw FileProblem("no file may be read") }, redactor: Redactor())
      return alone.check(source, in: scope).diagnostics.filter { $0.severity == .error }
    }
  ) {
    (index, arguments) throws(Diagnostic) in
    try all[index].init(arguments)
  }
}
