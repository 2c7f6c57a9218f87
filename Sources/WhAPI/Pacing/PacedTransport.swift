/// Sends requests when the governor releases them.
package struct PacedTransport: HTTPTransport {
  private let next: any HTTPTransport
  private let governor: Governor

  package init(_ next: any HTTPTransport, governor: Governor) {
    self.next = next
    self.governor = governor
  }

  package nonisolated(nonsending) func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let ticket = try await admit(request)
    do throws(TransportError) {
      let response = try await next.send(request)
      governor.answered(ticket, response)
      return response
    } catch {
      if let partial = error.partial {
        governor.answered(ticket, partial)
      } else {
        governor.failed(ticket, wasSent: error.wasSent)
      }
      throw error
    }
  }

  /// Returns when the limit lets a request go, and its terms do then.
  private nonisolated(nonsending) func admit(_ request: HTTPRequest) async throws(TransportError) -> Governor.Ticket {
    while true {
      let ticket = try await governor.acquire()
      if let notAfter = request.terms.notAfter, governor.now > notAfter {
        governor.failed(ticket, wasSent: false)
        throw .unsent(.expired)
      }
      guard let clearance = request.terms.clearance, !clearance.isGiven() else { return ticket }
      // It may be long in coming, and meanwhile others can have the turn.
      governor.failed(ticket, wasSent: false)
      guard await clearance.wait() else { throw .unsent(.withheld) }
    }
  }
}
