import Foundation
import WhDomain

/// Why a file is not a plan that can be applied.
package enum PlanFileProblem: Error, Equatable, Sendable {
  case notAPlan
  case newerVersion(Int)
  /// - Parameter change: counted from 1.
  case damaged(change: Int, String)
}

extension PlanFile {
  /// Reads the text of a file.
  ///
  /// - Throws: `PlanFileProblem`.
  package init(file bytes: [UInt8]) throws(PlanFileProblem) {
    let data = Data(bytes)
    guard let head = try? JSONDecoder().decode(Head.self, from: data), head.format == Self.format else {
      throw .notAPlan
    }
    guard head.version <= Self.version else { throw .newerVersion(head.version) }
    guard let wire = try? JSONDecoder().decode(Wire.self, from: data) else { throw .notAPlan }
    var changes: [PlannedChange] = []
    for (number, change) in zip(1..., wire.changes) {
      do {
        changes.append(try change.planned)
      } catch {
        throw .damaged(change: number, error.description)
      }
    }
    self.init(
      id: wire.id,
      source: Source(
        profile: wire.profile, host: wire.host,
        scripts: wire.scripts.map { Script(name: $0.name, sha256: $0.sha256) }, migration: wire.migration?.planned,
        tool: wire.tool, createdAt: wire.createdAt), salt: wire.salt, changes: changes)
  }

  private struct Head: Decodable {
    let format: String
    let version: Int
  }

  private struct Wire: Decodable {
    struct Script: Decodable {
      let name: String
      let sha256: String
    }

    struct Migration: Decodable {
      struct Step: Decodable {
        let name: String
        let sha256: String
        let apps: [String]
      }

      let folder: String
      let scripts: [Step]

      var planned: PlannedMigration {
        PlannedMigration(
          folder: folder,
          steps: scripts.map { step in
            PlannedMigration.Step(
              script: MigrationScript(name: step.name, sha256: step.sha256),
              apps: step.apps.map { AppID(unchecked: $0) })
          })
      }
    }

    let id: String
    let tool: String
    let createdAt: String
    let profile: String
    let host: String
    let salt: String
    let scripts: [Script]
    let migration: Migration?
    let changes: [WireChange]
  }
}

private struct WireChange: Decodable {
  struct WireApp: Decodable {
    let id: String
    let slug: String?
    let name: String?
  }

  struct Place: Decodable {
    let source: String
    let line: Int
    let column: Int
    let statement: String
  }

  let app: WireApp
  let webhook: String?
  let action: String
  let before: WireFields?
  let asked: WireFields?
  let origins: [Place]

  var planned: PlannedChange {
    get throws(DamagedText) {
      let appID: AppID
      let webhookID: WebhookID?
      do {
        appID = try AppID(kept: app.id)
      } catch {
        throw DamagedText("its app id is not valid")
      }
      do {
        webhookID = try webhook.map { try WebhookID($0) }
      } catch {
        throw DamagedText("its webhook id is not valid")
      }
      switch (action, webhookID, before, asked) {
      case ("update", .some, _, .some), ("delete", .some, .some, nil), ("create", nil, nil, .some): break
      default: throw DamagedText("it is not a whole update, creation or deletion")
      }
      let (old, new) = (before?.planned, asked?.planned)
      for fields in [old, action == "create" ? new : nil].compactMap(\.self) {
        guard fields.url != nil, fields.events != nil, fields.headers != nil else {
          throw DamagedText("a webhook is incomplete")
        }
      }
      return PlannedChange(
        app: App(id: appID, slug: app.slug, name: app.name), webhookID: webhookID, action: action,
        before: old, asked: new,
        origins: origins.map {
          Origin(source: $0.source, line: $0.line, column: $0.column, statement: $0.statement)
        })
    }
  }
}

private struct WireFields: Decodable {
  let url: PlannedText?
  let events: [String]?
  let headers: [WireHeader]?

  var planned: PlannedChange.Fields {
    PlannedChange.Fields(
      url: url, events: events, headers: headers?.map { PlannedChange.Header(name: $0.name, value: $0.value) })
  }
}

private struct WireHeader: Decodable {
  let name: String
  let value: PlannedText

  init(from decoder: any Decoder) throws {
    var pair = try decoder.unkeyedContainer()
    name = try pair.decode(String.self)
    value = try pair.decode(PlannedText.self)
  }
}

extension PlannedText: Decodable {
  private struct Secret: Decodable {
    let sha256: String
    let shown: String
    let from: [Piece]?
  }

  init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self = .plain(text)
      return
    }
    let secret = try Secret(from: decoder)
    self = .secret(digest: secret.sha256, shown: secret.shown, pieces: secret.from ?? [])
  }
}

extension PlannedText.Piece: Decodable {
  private struct Variable: Decodable {
    let variable: String
  }

  init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self = .text(text)
      return
    }
    self = .variable(try Variable(from: decoder).variable)
  }
}

// MARK: - Wording

extension PlanFileProblem {
  /// What follows the file's name in a sentence.
  package var reason: String {
    switch self {
    case .notAPlan: "is not a plan: write one with `wh plan --out FILE`"
    case .newerVersion(let version): "is a plan of version \(version), which a newer wh wrote"
    case .damaged(let change, let reason): "is damaged in change \(change): \(reason)"
    }
  }
}
