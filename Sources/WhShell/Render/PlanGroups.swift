import WhDomain

/// Changes that the same statements ask for, taken together so that 200 webhooks with one edit are one block.
struct PlanGroup {
  let origins: [Origin]
  var changes: [Change]

  static func groups(of plan: Plan) -> [PlanGroup] {
    var groups: [PlanGroup] = []
    var places: [[Origin]: Int] = [:]
    for change in plan.changes {
      if let place = places[change.origins] {
        groups[place].changes.append(change)
      } else {
        places[change.origins] = groups.count
        groups.append(PlanGroup(origins: change.origins, changes: [change]))
      }
    }
    return groups
  }

  var appCount: Int { Set(changes.map(\.app.id)).count }
}
