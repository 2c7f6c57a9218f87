import CCurl

extension TransportError.Kind {
  /// What a code of libcurl means for a request.
  init(_ code: CURLcode, detail: String, host: String) {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: self = .couldNotResolve(host: host)
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_SSL_CONNECT_ERROR:
      self = .couldNotConnect(detail)
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_INVALIDCERTSTATUS:
      self = .tls(detail)
    case CURLE_PARTIAL_FILE: self = .truncated
    // libcurl has no code of its own for chunks that are not chunks.
    case CURLE_RECV_ERROR where detail.contains("chunk"): self = .garbled(detail)
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      self = .connectionLost(detail)
    case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_UNSUPPORTED_PROTOCOL, CURLE_WRITE_ERROR:
      self = .garbled(detail)
    default: self = .internalFailure(detail)
    }
  }
}
