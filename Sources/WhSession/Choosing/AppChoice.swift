import WhDomain
import WhSyntax

/// Which apps a selection names.
@SessionActor struct AppChoice {
  let catalog: Catalog
  let argument: SelectionArgument

  /// - Throws: `Failure` at the name that names nothing, or more than one app.
  func apps() async throws(Failure) -> [App] {
    switch argument.selection {
    case .all: return try await list()
    case .matching(let predicate):
      guard !catalog.isOwnApp else { throw Failure(.failed, .appKeyCannotSearch(argument.span)) }
      return try await list().filter { predicate.holds(for: $0) }
    case .names(let names):
      if catalog.holdings.directory == nil, names.allSatisfy({ $0.looksLikeID || catalog.isOwnApp }) {
        return names.uniqued().map { App(id: AppID(unchecked: $0)) }
      }
      do throws(ReadFailure) {
        return try resolve(names, among: try await catalog.apps())
      } catch  where error.isMissingOperation && argument.selection.plainNames != nil {
        // If no list can tell slugs from ids, a name is treated as an id.
        return names.uniqued().map { App(id: AppID(unchecked: $0)) }
      } catch {
        throw Failure(error, at: place(of: error))
      }
    }
  }

  /// The first name of an app that may be a slug, where no list could tell.
  var nameTakenForID: String? {
    guard catalog.holdings.directory == nil, !catalog.isOwnApp else { return nil }
    return argument.selection.plainNames?.first { !$0.looksLikeID }
  }

  private func list() async throws(Failure) -> [App] {
    do {
      return try await catalog.apps()
    } catch {
      throw Failure(error, at: argument.span)
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
      } else {
        throw .unknownApp(name, known: apps)
      }
    }
    return found.uniqued()
  }

  private func place(of problem: ReadFailure) -> Span {
    switch problem {
    case .unknownApp(let name, _, _), .ambiguousApp(let name, _): argument.place(of: name)
    default: argument.span
    }
  }
}

extension SelectionArgument {
  /// Where a name stands; the whole selection for one that is not in it.
  func place(of name: String) -> Span {
    guard case .names(let names) = selection else { return span }
    return zip(names, places).first { $0.0 == name }?.1 ?? span
  }
}

extension String {
  /// True for a UUID's shape, and for ids with the service's prefixes; anything else may be a slug.
  var looksLikeID: Bool {
    if Glob.isPattern(self) { return false }
    if hasPrefix("app_") || hasPrefix("whk_") { return true }
    let pieces = split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
    return pieces == [8, 4, 4, 4, 12]
  }
}

extension Diagnostic {
  fileprivate static func appKeyCannotSearch(_ span: Span) -> Diagnostic {
    Diagnostic(
      .apiLacksOperation, "an app key gives access to one app only", at: span, label: "remove `use app`")
  }
}
