/// Sends requests when the governor releases them.
package struct PacedTransport: HTTPTransport {
  private let next: any HTTPTransport
  private let governor: Governor

  package init(_ next: any HTTPTransport, governor: Governor) {
    self.next = next
    self.governor = governor
  }

  package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let ticket = try await governor.acquire()
    if let notAfter = request.notAfter, governor.now > notAfter {
      governor.failed(ticket, wasSent: false)
      throw .unsent(.expired)
    }
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
}
