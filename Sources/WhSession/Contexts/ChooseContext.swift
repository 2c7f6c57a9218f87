import WhDomain
import WhSyntax

/// What a statement that selects has besides looking.
@SessionActor package struct ChooseContext {
  let look: LookContext
  /// Whether selecting reads at once, to print what was selected.
  let isTalkative: Bool
  /// This machine's share of the apps; nil for all of them.
  let shard: Shard?
  /// What else the script reads.
  let foresight: Foresight

  /// Selects apps, without those of another shard and those that are excluded.
  ///
  /// - Returns: the apps, and a name that was treated as an id because the service does not list apps.
  func selectApps(_ argument: SelectionArgument) async throws(Failure) -> (apps: [App], guess: String?) {
    look.bench.draft.select(apps: nil)
    let choice = AppChoice(
      catalog: try await look.connected().catalog, argument: argument, abbreviations: abbreviations)
    let excluded = look.bench.excludedApps
    let apps = try await choice.apps().filter { shard?.contains($0.id) ?? true && !excluded.contains($0.id) }
    look.bench.noteSelected(apps)
    look.bench.draft.select(apps: apps)
    return (apps, choice.nameTakenForID)
  }

  /// A prompt takes names as its lists show them.
  private var abbreviations: Abbreviations? { isTalkative ? Abbreviations(rows: look.bench.listed) : nil }

  /// Selects webhooks in the selected apps. Where that fails no webhook is selected.
  func selectWebhooks(_ argument: SelectionArgument) async throws(Failure) -> [WebhookKey] {
    look.bench.draft.select(webhooks: nil)
    let apps = try await look.selectedApps()
    let bench = look.bench
    let choice = WebhookChoice(
      catalog: try await look.connected().catalog, apps: apps, argument: argument, view: { bench.view.webhook($0) },
      abbreviations: abbreviations, foresight: foresight)
    let webhooks = try await choice.webhooks()
    look.bench.draft.select(webhooks: webhooks)
    return webhooks
  }

  /// A warning of webhooks that are missing in the selection because they can't be read; nil where there are none.
  func unreadable(_ argument: SelectionArgument) -> Diagnostic? {
    if argument.isPlain { return nil }
    return .unreadable(in: look.bench.draft.apps ?? [], look.view.holdings, look.span)
  }

  /// Clears the selection, for example because the edit after it failed.
  func deselectApps() { look.bench.draft.select(apps: nil) }

  func deselectWebhooks() { look.bench.draft.select(webhooks: nil) }

  func stage(_ edit: any Edit) async throws(Failure) -> Reply { try await EditContext(look: look).stage(edit) }

  /// Connects to another profile's server. Nothing is selected then; where it fails, nothing is connected.
  func connect(profile: String) async throws(Failure) {
    do {
      look.book.change(to: profile)
      try await look.bench.connect(profile: profile, jobs: look.options.jobs)
    } catch {
      throw Failure(error, at: look.span)
    }
  }

  /// Reads again what is selected and staged, and applies the staged edits to what is found.
  ///
  /// - Returns: the webhooks that are gone, which are neither selected nor staged any more.
  func refresh() async throws(Failure) -> [WebhookKey] {
    let catalog = try await look.connected().catalog
    let before = catalog.holdings
    do throws(Failure) {
      return try await reread(catalog)
    } catch {
      catalog.update { $0 = before }
      throw error
    }
  }

  /// Forgets which apps there are.
  func forgetApps() async throws(Failure) { try await look.connected().catalog.update { $0.forgetDirectory() } }

  private func reread(_ catalog: Catalog) async throws(Failure) -> [WebhookKey] {
    let bench = look.bench
    let keys = ((bench.draft.webhooks ?? []) + bench.draft.stagedKeys).uniqued()
    let listed: Set<AppID>
    do throws(ReadFailure) {
      listed = try await Rereading(catalog).reread(keys)
    } catch {
      throw Failure(error, at: look.span)
    }
    catalog.update { $0.forgetReads(except: Set(keys), listsOf: listed) }
    do {
      try bench.draft.rebase(keys, on: catalog.holdings)
    } catch {
      throw look.failure(.notRebased(error, look.span))
    }
    let gone = keys.filter { catalog.holdings.base[$0] == nil }
    bench.draft.unstage(gone)
    bench.draft.deselect(Set(gone))
    return gone
  }
}
