import WhDomain
import WhSyntax

/// Which apps a selection names.
@SessionActor struct AppChoice {
  let catalog: Catalog
  let argument: SelectionArgument
  /// Nil where names are whole, as in a script.
  var abbreviations: Abbreviations?

  /// - Throws: `Failure` at the name that names nothing, or more than one app.
  func apps() async throws(Failure) -> [App] {
    try await argument.evaluate(by: \.id) { part throws(Failure) in try await apps(of: part) }
  }

  private func apps(of part: SelectionArgument.Part) async throws(Failure) -> [App] {
    switch part.selection {
    case .all: return try await list(part)
    case .matching(let predicate):
      guard !catalog.isOwnApp else { throw Failure(.failed, .appKeyCannotSearch(part.span)) }
      return try await list(part).filter { predicate.holds(for: $0) }
    case .names(let names):
      if catalog.holdings.directory == nil, names.allSatisfy({ $0.looksLikeID || catalog.isOwnApp }) {
        return names.uniqued().map { App(id: AppID(unchecked: $0)) }
      }
      do throws(ReadFailure) {
        return try resolve(names, among: try await catalog.apps())
      } catch  where error.isMissingOperation && part.selection.plainNames?.allSatisfy({ !$0.isCut }) ?? false {
        // If no list can tell slugs from ids, a name is treated as an id.
        return names.uniqued().map { App(id: AppID(unchecked: $0)) }
      } catch {
        throw Failure(error, at: place(of: error, in: part))
      }
    }
  }

  /// The first name of an app that may be a slug, where no list could tell.
  var nameTakenForID: String? {
    guard catalog.holdings.directory == nil, !catalog.isOwnApp else { return nil }
    return argument.base.selection.plainNames?.first { !$0.looksLikeID }
  }

  private func list(_ part: SelectionArgument.Part) async throws(Failure) -> [App] {
    do {
      return try await catalog.apps()
    } catch {
      throw Failure(error, at: part.span)
    }
  }

  private func resolve(_ names: [String], among apps: [App]) throws(ReadFailure) -> [App] {
    let byID = Dictionary(apps.map { ($0.id.text, $0) }, uniquingKeysWith: { first, _ in first })
    let bySlug = Dictionary(grouping: apps.filter { $0.slug != nil }, by: { $0.slug ?? "" })
    var found: [App] = []
    for name in names {
      if Glob.isPattern(name) {
        let glob = Glob(name)
        found += apps.filter { glob.matches($0.id.text) || $0.slug.map(glob.matches) ?? false }
      } else if let app = byID[name] {
        found.append(app)
      } else if let same = bySlug[name] {
        guard same.count == 1 else { throw .ambiguousApp(name, same) }
        found += same
      } else if abbreviations != nil, let id = try whole(name, among: byID.keys), let app = byID[id] {
        found.append(app)
      } else {
        throw .unknownApp(name, known: apps)
      }
    }
    return found.uniqued()
  }

  /// The id that a name is short for; nil if there is none.
  private func whole(_ name: String, among ids: some Sequence<String>) throws(ReadFailure) -> String? {
    let matches = Abbreviations.matches(name, among: ids)
    guard matches.count < 2 else { throw .ambiguousID(name, matches) }
    return matches.first
  }

  private func place(of problem: ReadFailure, in part: SelectionArgument.Part) -> Span {
    switch problem {
    case .unknownApp(let name, _, _), .ambiguousApp(let name, _), .ambiguousID(let name, _): part.place(of: name)
    default: part.span
    }
  }
}

extension SelectionArgument {
  /// The items of a selection, without those of its exception, and no more than its limit.
  ///
  /// - Parameters:
  ///   - key: what tells two items apart.
  ///   - find: the items of a part.
  @SessionActor func evaluate<Item, Key: Hashable>(
    by key: (Item) -> Key, _ find: @SessionActor (Part) async throws(Failure) -> [Item]
  ) async throws(Failure) -> [Item] {
    var items = try await find(base)
    if let exception {
      let excluded = Set(try await find(exception).map(key))
      items.removeAll { excluded.contains(key($0)) }
    }
    return limit.map { Array(items.prefix($0)) } ?? items
  }
}

extension SelectionArgument.Part {
  /// Where a name stands; the whole selection for one that is not in it.
  func place(of name: String) -> Span {
    guard case .names(let names) = selection else { return span }
    return zip(names, places).first { $0.0 == name }?.1 ?? span
  }
}

extension String {
  /// True for a UUID's shape, and for ids with the service's prefixes; anything else may be a slug.
  var looksLikeID: Bool {
    if Glob.isPattern(self) || isCut { return false }
    if hasPrefix("app_") || hasPrefix("whk_") { return true }
    let pieces = split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
    return pieces == [8, 4, 4, 4, 12]
  }
}

extension String {
  /// True for an id as a table shows one that is too long for it.
  var isCut: Bool { !isASCII && contains(Abbreviations.ellipsis) }
}

extension Diagnostic {
  fileprivate static func appKeyCannotSearch(_ span: Span) -> Diagnostic {
    Diagnostic(
      .apiLacksOperation, "an app key gives access to one app only", at: span, label: "remove `use app`")
  }
}
