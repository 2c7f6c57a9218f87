import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@Suite("R8: what the service said about what is missing is shown")
struct FaultsR8 {
  @Test("R8: code, param and doc_url, where there are any", arguments: [true, false])
  func said(hasDetails: Bool) async throws {
    let client = Harness.twoApps()
    var error = APIError(.notFound, status: 404, message: "Webhook not found")
    if hasDetails {
      error.code = "resource_missing"
      error.param = "webhookId"
      error.docURL = "https://d.example/e"
    }
    await client.fail("get app_1/w1", with: error)
    let single = await (try Harness(client)).run("use app app_1; webhook w1")
    let note = "HTTP 404 resource_missing: Webhook not found (webhookId; see https://d.example/e)"
    #expect(single.failures.first?.diagnostic.notes == (hasDetails ? [note] : []))
    error.message = "App not found"
    await client.fail("list app_2", with: error)
    let list = await (try Harness(client)).run("use app app_2; webhook *")
    #expect(list.codes == [.unknownApp])
    #expect(list.failures.first?.diagnostic.notes == (hasDetails ? [note.replacing("Webhook", with: "App")] : []))
  }
}
