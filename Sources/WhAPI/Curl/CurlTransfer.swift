import CCurl

/// An easy handle of libcurl with the answer that it gathers; used for one request after the other, on the loop's thread.
final class CurlTransfer {
  let easy: UnsafeMutableRawPointer
  private(set) var job: CurlJob?

  private let base: BaseURL
  private let options: CurlOptions
  private let errorText: UnsafeMutablePointer<CChar>
  private var requestFields: UnsafeMutablePointer<curl_slist>?
  /// What `requestFields` says: most requests after each other have the same fields.
  private var written: (fields: [HTTPField], authorization: Secret?)?
  private var gathered: CurlAnswer
  /// How often libcurl was about to send this request.
  private var sendings = 0
  /// When the request was handed to libcurl, by the worker's clock.
  private(set) var startedAt = Duration.zero
  /// libcurl's own limit for one header field.
  private static let maximumLineBytes = 100 << 10

  /// Nil when memory ran out or libcurl refused an option.
  init?(base: BaseURL, options: CurlOptions) {
    guard let easy = ccurl_easy_new() else { return nil }
    self.easy = easy
    self.base = base
    self.options = options
    gathered = CurlAnswer(maximumBodyBytes: options.maximumBodyBytes)
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    guard setUp() == CURLE_OK else {
      free()
      return nil
    }
  }

  func free() {
    ccurl_easy_free(easy)
    ccurl_list_free(requestFields)
    errorText.deallocate()
    clear()
  }

  /// Lets go of what belongs to the last request.
  func clear() {
    job = nil
    gathered = CurlAnswer(maximumBodyBytes: options.maximumBodyBytes)
    sendings = 0
  }

  /// The options that all requests share.
  private func setUp() -> CURLcode {
    let context = Unmanaged.passUnretained(self).toOpaque()
    let takeField: ccurl_sink = { bytes, _, count, context in
      CurlTransfer.at(context)?.gathered.take(field: UnsafeRawBufferPointer(start: bytes, count: count)) == true
        ? count : 0
    }
    let takeBody: ccurl_sink = { bytes, _, count, context in
      CurlTransfer.at(context)?.gathered.take(body: UnsafeRawBufferPointer(start: bytes, count: count)) == true
        ? count : 0
    }
    var set = CurlSetter(easy)
    set.pointer(CURLOPT_PRIVATE, context)
    set.pointer(CURLOPT_ERRORBUFFER, errorText)
    set.pointer(CURLOPT_HEADERDATA, context)
    set.sink(CURLOPT_HEADERFUNCTION, takeField)
    set.pointer(CURLOPT_WRITEDATA, context)
    set.sink(CURLOPT_WRITEFUNCTION, takeBody)
    set.pointer(CURLOPT_PREREQDATA, context)
    set.gate { context, _, _, _, _ in
      CurlTransfer.at(context)?.maySend() == false ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK
    }
    set.text(CURLOPT_PROTOCOLS_STR, base.scheme)
    set.long(CURLOPT_FOLLOWLOCATION, 0)
    set.long(CURLOPT_NOSIGNAL, 1)
    set.long(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    set.long(CURLOPT_TCP_KEEPALIVE, 1)
    set.text(CURLOPT_USERAGENT, options.userAgent)
    set.text(CURLOPT_ACCEPT_ENCODING, "")
    set.long(CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeout.inMilliseconds)
    set.long(CURLOPT_SSL_VERIFYPEER, 1)
    set.long(CURLOPT_SSL_VERIFYHOST, 2)
    if base.scheme == "https" {
      set.long(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
      set.long(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
      // One connection carries all requests of HTTP/2, so the later ones wait until it is known whether it will.
      set.long(CURLOPT_PIPEWAIT, 1)
    } else {
      set.long(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    }
    if let file = options.certificateFile { set.text(CURLOPT_CAINFO, file) }
    if base.isLoopback {
      set.text(CURLOPT_PROXY, "")
    } else if let proxy = options.proxy {
      set.text(CURLOPT_PROXY, proxy)
    }
    return set.code
  }

  /// Sets what this request alone has, and what the one before may have set otherwise.
  func prepare(_ job: CurlJob, at now: Duration) -> CURLcode {
    let request = job.request
    errorText[0] = 0
    startedAt = now
    var set = CurlSetter(easy)
    set.text(CURLOPT_URL, base.url(of: request.path))
    set.long(CURLOPT_TIMEOUT_MS, (request.timeout ?? options.timeout).inMilliseconds)
    if let body = request.body {
      set.long(CURLOPT_POST, 1)
      set.body(body)
    } else {
      set.long(CURLOPT_HTTPGET, 1)
    }
    set.text(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    // A kept connection may turn out to be dead, and a creation that went out on it could not be sent again.
    set.long(CURLOPT_FRESH_CONNECT, request.method.isIdempotent ? 0 : 1)
    guard write(request.fields, request.authorization) else { return CURLE_OUT_OF_MEMORY }
    set.pointer(CURLOPT_HTTPHEADER, requestFields)
    if set.code == CURLE_OK { self.job = job }
    return set.code
  }

  /// Writes the lines of a request's header section; false when memory ran out.
  private func write(_ fields: [HTTPField], _ authorization: Secret?) -> Bool {
    if let written, written.fields == fields, written.authorization == authorization { return true }
    var lines = fields.map { "\($0.name): \($0.value)" }
    if let authorization { lines.append("Authorization: Bearer \(authorization.reveal())") }
    lines.append("Expect:")
    ccurl_list_free(requestFields)
    (requestFields, written) = (nil, nil)
    for line in lines {
      guard let longer = ccurl_list_append(requestFields, line) else { return false }
      requestFields = longer
    }
    written = (fields, authorization)
    return true
  }

  // MARK: How far it is

  /// When the request could be sent, by the worker's clock; nil while there is no connection.
  var sentAt: Duration? {
    // Set by libcurl when a connection is ready for the request's first byte.
    let microseconds = ccurl_easy_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T)
    return microseconds > 0 ? startedAt + .microseconds(microseconds) : nil
  }

  var hasBegunAnswer: Bool { gathered.hasBegun }

  /// True when a byte of the answer has come since the last call.
  func hasTalked() -> Bool { gathered.hasTalked() }

  /// The answer, or why there is none.
  func outcome(_ code: CURLcode) -> CurlJob.Outcome {
    if code == CURLE_OK, let answer { return .success(answer) }
    let failure = failure(code)
    guard code == CURLE_OK else { return .failure(failure) }
    return .failure(TransportError(.garbled("an interim answer, and no other"), wasSent: failure.wasSent))
  }

  /// The end of a request that the server has had for too long.
  var timedOut: TransportError { TransportError(.timedOut, wasSent: sentAt != nil, partial: answer?.response) }

  /// The end of a request that is given up from outside.
  var cancelled: TransportError { TransportError(.cancelled, wasSent: sentAt != nil) }

  /// The answer as far as it has come; nil before its status. What has a status of 1xx only announces one.
  private var answer: CurlJob.Answer? {
    let status = ccurl_easy_get_long(easy, CURLINFO_RESPONSE_CODE)
    return status >= 200 ? CurlJob.Answer(status: status, head: gathered.head, body: gathered.body) : nil
  }

  private func failure(_ code: CURLcode) -> TransportError {
    let refusedBy = ccurl_easy_get_long(easy, CURLINFO_HTTP_CONNECTCODE)
    if sentAt == nil, refusedBy >= 300 { return .unsent(.proxyRefused(status: refusedBy)) }
    let said = String(cString: errorText)
    let detail = said.isEmpty ? String(cString: ccurl_easy_error_text(code)) : said
    var kind = gathered.excess ?? TransportError.Kind(code, detail: detail, host: base.host)
    if sendings > 1 {
      kind = .connectionLost("the server closed the idle connection")
    } else if gathered.excess == nil, sentAt != nil, code == CURLE_OUT_OF_MEMORY || code == Self.tooLargeCode {
      kind = .tooLarge("a header field of the response", limit: Self.maximumLineBytes)
    }
    return TransportError(kind, wasSent: sentAt != nil, partial: answer?.response)
  }

  /// `CURLE_TOO_LARGE` of newer versions, which no longer say "out of memory" for a long line.
  private static let tooLargeCode = CURLcode(100)

  // MARK: Callbacks

  /// False when libcurl would send a write a second time of its own accord, as it does when a kept connection turns out to
  /// be dead: the outcome of the first try must be known above.
  private func maySend() -> Bool {
    sendings += 1
    return sendings == 1 || job?.request.isRead ?? true
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
    context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
  }
}
