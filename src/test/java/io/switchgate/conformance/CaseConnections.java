package io.switchgate.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.switchgate.fixture.Handshakes;
import io.switchgate.websocket.SecWebSocketKey;

/**
 * Connections of the client and the upstream in a run of a case. What they receive is
 * added to the transcript.
 */
final class CaseConnections {

	/**
	 * Segment size for bytes that are sent all at once.
	 */
	static final int WHOLE = Integer.MAX_VALUE;

	private static final String OWN = "answer to the suite itself";

	private static final Duration CONNECT_TIME = Duration.ofMillis(500);

	private static final Pattern KEY = Pattern.compile("(?im)^sec-websocket-key:[ \t]*(\\S+)");

	private final Transcript transcript = new Transcript();

	private final ProxyUnderTest proxy;

	private final ConnectionLock lock;

	private final RecordingUpstream upstream;

	private final Notation notation;

	private final Peer client;

	private @Nullable Peer asked;

	private boolean toHead;

	private String key = Handshakes.KEY;

	CaseConnections(ProxyUnderTest proxy) {
		this.proxy = proxy;
		this.lock = proxy.lock();
		this.upstream = proxy.upstream();
		this.notation = proxy.notation();
		this.client = proxy.connect();
	}

	Transcript transcript() {
		return this.transcript;
	}

	Notation notation() {
		return this.notation;
	}

	ConnectionLock lock() {
		return this.lock;
	}

	RecordingUpstream upstream() {
		return this.upstream;
	}

	Peer client() {
		return this.client;
	}

	/**
	 * Returns the connection on which the upstream received its last request, if any.
	 */
	@Nullable Peer asked() {
		return this.asked;
	}

	/**
	 * Tells that the next answer is to a HEAD request and has no body.
	 */
	void expectAnswerToHead() {
		this.toHead = true;
	}

	/**
	 * Waits for the next request at the upstream, or until the client has an answer or
	 * its connection has ended.
	 * @return whether a request came
	 */
	boolean awaitRequest() {
		this.lock.await(() -> this.upstream.asked() != null || isAnswered() || this.client.ended());
		Message early = pending();
		if (early != null && early.status() == 101) {
			// A proxy that is a WebSocket endpoint itself answers before it connects to
			// the upstream.
			this.lock.await(() -> this.upstream.asked() != null, CONNECT_TIME);
		}
		return takeRequest() != null;
	}

	private @Nullable Message takeRequest() {
		Peer connection = this.upstream.asked();
		Message request = (connection != null) ? Message.request(connection.received()) : null;
		if (connection == null || request == null) {
			return null;
		}
		connection.take(request.length());
		this.asked = connection;
		if (request.isUpgrade()) {
			connection.markUpgrade();
		}
		Matcher key = KEY.matcher(request.head());
		this.key = key.find() ? key.group(1) : Handshakes.KEY;
		this.transcript.received(request);
		String text = this.notation.text(request.bytes()).replaceAll("ReactorNetty/[0-9.]+", "ReactorNetty/{version}");
		this.transcript.add(SectionType.UPSTREAM_RECEIVES, text);
		return request;
	}

	/**
	 * Waits for the next answer at the client. Answers unexpected requests at the
	 * upstream meanwhile. Such a request may also be that of the next step, so the answer
	 * has some time to come first.
	 * @param grace time to wait for the answer while the upstream has a request
	 * @return the answer, or null if the connection has ended or time is up
	 */
	@Nullable Message awaitAnswer(Duration grace) {
		while (true) {
			BooleanSupplier over = () -> pending() != null || this.client.ended();
			this.lock.await(() -> over.getAsBoolean() || this.upstream.asked() != null);
			this.lock.await(over, (this.upstream.asked() != null) ? grace : Duration.ZERO);
			Message answer = pending();
			if (answer != null) {
				return takeAnswer(answer);
			}
			if (this.upstream.asked() == null) {
				return null;
			}
			answerUnexpected();
		}
	}

	/**
	 * Replaces {@code Sec-WebSocket-Accept} in an answer if the proxy has sent a key of
	 * its own.
	 */
	byte[] fitted(byte[] answer) {
		if (this.key.equals(Handshakes.KEY) || !SecWebSocketKey.isValid(this.key)) {
			return answer;
		}
		String text = new String(answer, StandardCharsets.ISO_8859_1);
		return text.replace(Handshakes.ACCEPT, new SecWebSocketKey(this.key).accept())
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	private Message takeAnswer(Message answer) {
		Answers answers = new Answers(this.notation);
		this.client.take(answer.length());
		this.toHead &= answer.isInformational();
		this.transcript.answered(answer);
		this.transcript.add(SectionType.CLIENT_RECEIVES, answers.text(answer));
		if (Answers.isProblem(answer) && answer.body().length != 0) {
			this.transcript.cause(answers.cause(answer));
		}
		return answer;
	}

	/**
	 * Answers 200 to a request that the case does not expect, as an upstream without
	 * WebSocket would.
	 */
	void answerUnexpected() {
		Message request = takeRequest();
		Peer connection = this.asked;
		if (request != null && connection != null) {
			connection.send(ok("unexpected"), WHOLE);
		}
	}

	private @Nullable Message pending() {
		return Message.answer(this.client.received(), this.client.ended(), this.toHead);
	}

	boolean isAnswered() {
		Message pending = pending();
		return pending != null && !pending.isInformational();
	}

	boolean isSwitched() {
		return this.transcript.answers().stream().anyMatch((answer) -> answer.status() == 101);
	}

	/**
	 * Sends a plain request on another connection, and adds a fault to the transcript
	 * unless it is answered.
	 * @param path path that no other request has
	 */
	void sendFromAnotherClient(String path) {
		try (Peer other = this.proxy.connect()) {
			other.send(get(path), WHOLE);
			answerOwn(path, other);
			this.lock.await(() -> Message.answer(other.received(), other.ended(), false) != null || other.ended());
			Message answer = Message.answer(other.received(), other.ended(), false);
			if (answer == null || !isOwn(answer)) {
				this.transcript.fault("the plain request of another client is not answered");
			}
		}
	}

	/**
	 * Waits for a request that the suite itself has sent, and answers it. Also answers
	 * unexpected requests that come before.
	 * @param path path of the request
	 * @param sender connection on which the suite has sent the request
	 */
	void answerOwn(String path, Peer sender) {
		while (this.lock.await(() -> this.upstream.asked() != null || sender.ended())) {
			Peer connection = this.upstream.asked();
			if (connection == null) {
				return;
			}
			if (new String(connection.received(), StandardCharsets.ISO_8859_1).startsWith("GET " + path + " ")) {
				connection.takeAll();
				connection.send(ok(OWN), WHOLE);
				return;
			}
			answerUnexpected();
		}
	}

	/**
	 * Waits for the answer to a request that the suite itself has sent.
	 * @return whether the answer came before the connection ended or time was up
	 */
	boolean awaitOwnAnswer() {
		this.lock.await(() -> pending() != null || this.client.ended());
		Message answer = pending();
		while (answer != null && !isOwn(answer)) {
			takeAnswer(answer);
			this.lock.await(() -> pending() != null || this.client.ended());
			answer = pending();
		}
		if (answer != null) {
			this.client.take(answer.length());
		}
		return answer != null;
	}

	private static boolean isOwn(Message answer) {
		return new String(answer.body(), StandardCharsets.ISO_8859_1).contains(OWN);
	}

	static byte[] get(String path) {
		return ("GET " + path + " HTTP/1.1\r\nHost: test.example.com\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] ok(String body) {
		return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)
			.getBytes(StandardCharsets.ISO_8859_1);
	}

}
