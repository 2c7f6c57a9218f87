import Testing
import WhSession

@Suite("S3: a check that checks nothing is no success")
struct FaultsS3 {
  @Test("S3: verifying expectations that find no webhooks is no success, one that finds some is enough")
  func nothingFound() async {
    let bench = Bench(["1-a.wh": "use app *\nwebhook where event messages.sms.failed\nexpect url ~ https://*\n"])
    #expect(await bench.up() == nil)
    _ = bench.take()
    #expect(await bench.verify() == .failed)
    #expect(bench.take().last == "error nothing-verified")
    bench["2-b.wh"] = "use app *\nwebhook *\nexpect url ~ https://*\n"
    #expect(await bench.up() == nil)
    #expect(await bench.verify() == nil)
  }
}
