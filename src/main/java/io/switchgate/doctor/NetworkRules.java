package io.switchgate.doctor;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemCause;

/**
 * Finds causes when there was no connection to the upstream, or no answer on it.
 */
final class NetworkRules {

	private static final Pattern CLEAR_PORT = Pattern
		.compile("not an ssl/tls record|unrecognized ssl message|plaintext connection|wrong_version_number");

	private static final Pattern NAME = Pattern
		.compile("no name matching|no subject alternative|does not match|hostname");

	private static final Pattern EXPIRED = Pattern.compile("validity check|expired|notafter|notbefore|not yet valid");

	private static final Pattern UNTRUSTED = Pattern
		.compile("pkix path|unable to find valid certification|self.?signed|unknown_ca|trust anchor");

	private static final Pattern HTTP_2 = Pattern.compile("http/2 frame|no_application_protocol");

	private NetworkRules() {
	}

	static @Nullable Verdict unreachable(Case handshake) {
		String where = "the upstream is " + handshake.upstream();
		if (handshake.is(ProblemCause.UPSTREAM_UNKNOWN)) {
			return new Verdict(Finding.NAME_UNKNOWN, handshake.evidence(where),
					"The name cannot be resolved where this runs; a container or a pod has other names than a laptop.",
					"The host in the uri, the name server, or the service that is missing. Kubernetes: name.namespace.svc.");
		}
		if (handshake.is(ProblemCause.UPSTREAM_REFUSED)) {
			return new Verdict(Finding.CONNECTION_REFUSED, handshake.evidence(where),
					"The host is there but nothing listens on this port, or it listens on another address only.",
					"Start it, or correct the port. In a container localhost is the container itself; uvicorn: "
							+ "--host 0.0.0.0; Node: server.listen(port, '0.0.0.0').");
		}
		return handshake.is(ProblemCause.UPSTREAM_CONNECT_TIMEOUT) ? new Verdict(Finding.CONNECT_TIMEOUT,
				handshake.evidence(where),
				"Packets get no answer: a firewall or a network policy, a wrong address, or an upstream whose backlog "
						+ "is full.",
				"Security group, network policy and address; then the upstream's backlog (somaxconn). Time allowed: "
						+ "spring.cloud.gateway.server.webflux.httpclient.connect-timeout.")
				: null;
	}

	static @Nullable Verdict tls(Case handshake) {
		if (!handshake.is(ProblemCause.UPSTREAM_TLS_FAILED)) {
			return null;
		}
		String detail = handshake.detail().toLowerCase(Locale.ROOT);
		List<String> evidence = handshake.evidence("the upstream is " + handshake.upstream());
		if (HTTP_2.matcher(detail).find()) {
			return http2(evidence);
		}
		if (CLEAR_PORT.matcher(detail).find()) {
			return new Verdict(Finding.TLS_TO_CLEAR_PORT, evidence,
					"The first bytes of the answer are no TLS record: this port speaks plain HTTP.",
					"http or ws in the uri, or the port that speaks TLS.");
		}
		if (EXPIRED.matcher(detail).find()) {
			return new Verdict(Finding.CERTIFICATE_EXPIRED, evidence,
					"The certificate has expired, or is not valid yet, or one of the clocks is wrong.",
					"Renew the upstream's certificate and reload its server; compare the clocks.");
		}
		if (NAME.matcher(detail).find()) {
			return new Verdict(Finding.CERTIFICATE_NAME, evidence,
					"The certificate does not name the host of the uri, which is also what SNI asked for.",
					"A name in the uri that the certificate has, or a certificate with this name.");
		}
		return UNTRUSTED.matcher(detail).find() ? new Verdict(Finding.CERTIFICATE_UNTRUSTED, evidence,
				"The certificate is self-signed, or of an authority that is not trusted here, or the upstream does not "
						+ "send the intermediate one.",
				"nginx: ssl_certificate with the full chain. Here: an SSL bundle with the authority as truststore, "
						+ "named by spring.cloud.gateway.server.webflux.httpclient.ssl.ssl-bundle.")
				: new Verdict(Finding.TLS_FAILED, evidence,
						"Both sides could not agree: versions or ciphers, SNI, or a client certificate that the upstream "
								+ "wants and does not get.",
						"Versions and ciphers of both sides (nginx: ssl_protocols TLSv1.2 TLSv1.3;), and the keystore "
								+ "of the SSL bundle if the upstream asks for a certificate.");
	}

	static @Nullable Verdict noAnswer(Case handshake) {
		String where = "the upstream is " + handshake.upstream();
		if (handshake.is(ProblemCause.UPSTREAM_CLOSED)) {
			return new Verdict(Finding.CLOSED_BEFORE_ANSWER, handshake.evidence(where, handshake.request().tell()),
					"The upstream took the connection and ended it without an answer: it crashed on the request, is "
							+ "stopping, or speaks TLS or another protocol on this port.",
					"The upstream's log at this time. https or wss in the uri if the port speaks TLS. HAProxy: a "
							+ "backend without servers; a proxy protocol that one side only expects.");
		}
		return handshake.is(ProblemCause.UPSTREAM_ANSWER_TIMEOUT) ? new Verdict(Finding.ANSWER_TIMEOUT,
				handshake.evidence(where, handshake.request().tell()),
				handshake.request().isThere()
						? "The connection was there, but no answer. The application is blocked or busy, works long "
								+ "before it accepts, or waits for a body."
						: "Not even the connection was ready, TLS included, when the time for the answer was over.",
				"Accept first and work then (FastAPI: await websocket.accept()); workers that are free. Time allowed: "
						+ "switchgate.handshake.timeout.")
				: null;
	}

	static @Nullable Verdict headTooLarge(Case handshake) {
		return handshake.is(ProblemCause.UPSTREAM_HEAD_TOO_LARGE) ? new Verdict(Finding.ANSWER_HEAD_TOO_LARGE,
				handshake.evidence("the upstream is " + handshake.upstream()),
				"The gateway takes heads of answers up to a size. Cookies, and subprotocols that carry tokens and are "
						+ "repeated in the answer, make them large.",
				"The property that is named, or smaller headers in the upstream's answer.") : null;
	}

	static @Nullable Verdict noHttp(Case handshake) {
		if (!handshake.is(ProblemCause.UPSTREAM_ANSWER_INVALID) || handshake.isTaken()) {
			return null;
		}
		String detail = handshake.detail().toLowerCase(Locale.ROOT);
		List<String> evidence = handshake.evidence("the upstream is " + handshake.upstream());
		if (detail.contains("tls alert") && !handshake.isTls()) {
			return new Verdict(Finding.CLEAR_TO_TLS_PORT, evidence,
					"The answer to plain HTTP is a TLS alert (bytes 15 03): this port speaks TLS.",
					"https or wss in the uri.");
		}
		Verdict noHttp2 = noHttp2(detail, evidence);
		if (noHttp2 != null) {
			return noHttp2;
		}
		return HTTP_2.matcher(detail).find() ? http2(evidence)
				: new Verdict(Finding.NOT_HTTP, evidence,
						"What came back has no status line, or breaks the grammar of HTTP: another protocol listens "
								+ "here, or the application writes to the socket itself.",
						"The port in the uri; the upstream's framework.");
	}

	/**
	 * Explains what the gateway reports for a route with {@code UpstreamHttpVersion=2}.
	 */
	private static @Nullable Verdict noHttp2(String detail, List<String> evidence) {
		if (detail.contains("enable_connect_protocol")) {
			return new Verdict(Finding.CONNECT_NOT_ANNOUNCED, evidence,
					"A server that takes WebSockets over HTTP/2 says so in its SETTINGS (RFC 8441, section 3). Many speak "
							+ "HTTP/2 without: nginx, Node unless enableConnectProtocol is set.",
					"UpstreamHttpVersion=1.1. Or the upstream: Envoy: allow_connect: true; Node: enableConnectProtocol: true.");
		}
		return (detail.contains("no http/2 ") || detail.contains("expected: h2)")) ? new Verdict(Finding.NO_HTTP_2,
				evidence,
				"The route says UpstreamHttpVersion=2, but the server chose another protocol, or answered to the "
						+ "preface of HTTP/2 with something else.",
				"UpstreamHttpVersion=1.1. Or the upstream: h2 in ALPN for https and wss, h2c with prior knowledge "
						+ "for http and ws.")
				: null;
	}

	private static Verdict http2(List<String> evidence) {
		return new Verdict(Finding.HTTP_2_ONLY, evidence,
				"The server has HTTP/1.1 switched off, as gRPC servers do: it answers with a frame of HTTP/2, or refuses "
						+ "TLS without h2.",
				"HTTP/1.1 beside HTTP/2 on this port, or another port. Envoy: codec_type: AUTO; nginx: no http2-only "
						+ "listener; Node: allowHTTP1: true.");
	}

}
