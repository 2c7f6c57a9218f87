/// How a sandbox puts its errors on the wire.
struct ErrorForm: Sendable {
  let shape: Options.ErrorShape
  let sendsCodes: Bool

  /// The answer that says `error`.
  func answer(_ error: APIError) -> Answer {
    var answer = Answer(status: error.status, json: .object([JSON.Member("error", body(of: error))]))
    if error.status == 401 { answer.headers["WWW-Authenticate"] = "Bearer" }
    return answer
  }

  private func body(of error: APIError) -> JSON {
    guard shape == .object else { return .string(error.message) }
    var members = [JSON.Member("type", .string(error.type))]
    if sendsCodes, let code = error.code { members.append(JSON.Member("code", .string(code))) }
    members.append(JSON.Member("message", .string(error.message)))
    if sendsCodes, let code = error.code {
      members.append(
        JSON.Member("doc_url", .string("https://docs.buildwithchirp.com/api_reference/error-codes#\(code)")))
    }
    members.append(JSON.Member("param", error.param.map(JSON.string) ?? .null))
    return .object(members)
  }
}
