import WhTestSupport

extension Interaction {
  private static let inApp = ["use app my-app"]

  /// What is shown after the line while it is typed.
  static let hints: [Interaction] = [
    Interaction("What may follow", "use ", sees: ["sandbox> use ‸app | profile"], isDecorated: true),
    Interaction(
      "A selection", before: inApp, "webhook * except ",
      sees: ["sandbox my-app> webhook * except ‸WEBHOOK | * | where | from"],
      isDecorated: true),
    Interaction(
      "The name and the value", before: inApp, "set header ", sees: ["sandbox my-app> set header ‸NAME"],
      isDecorated: true),
    Interaction("Nothing in the midst of a word", "set hea", sees: ["sandbox> set hea‸"], isDecorated: true),
    Interaction(
      "Nothing before the end of the line", "use x" + Keys.left, sees: ["sandbox> use ‸x"], isDecorated: true),
    Interaction("Nothing where nothing may follow", "commit ", sees: ["sandbox> commit ‸"], isDecorated: true),
    Interaction(
      "An earlier line", before: ["echo one two"], "ec", sees: ["sandbox> ec‸ho one two"], isDecorated: true),
    Interaction(
      "The newest of them", before: ["echo one", "echo two"], "echo", sees: ["sandbox> echo‸ two"], isDecorated: true),
    Interaction(
      "Enter does not take it", before: ["echo one two"], "echo one" + Keys.enter,
      sees: ["sandbox> echo one", "one", "sandbox> ‸"],
      isDecorated: true),
    Interaction(
      "An option turns them off", before: ["config hints off"], "use ", sees: ["sandbox> use ‸"], isDecorated: true),
    Interaction(
      "Tab works beside them", "us" + Keys.tab, sees: ["sandbox> use ‸app | profile"], isDecorated: true),
  ]
}
