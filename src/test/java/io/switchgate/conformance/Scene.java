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
 * Both ends of a case while it is played. What comes goes to the transcript.
 */
final class Scene {

	/**
	 * Sends everything in one go.
	 */
	static final int WHOLE = Integer.MAX_VALUE;

	private static final String OWN = "answer to the suite itself";

	private static final Duration DIAL = Duration.ofMillis(500);

	private static final Pattern KEY = Pattern.compile("(?im)^sec-websocket-key:[ \t]*(\\S+)");

	private final Transcript transcript = new Transcript();

	private final Stage stage;

	private final Board board;

	private final RecordingUpstream upstream;

	private final Notation notation;

	private final Peer client;

	private @Nullable Peer asked;

	private boolean toHead;

	private String key = Handshakes.KEY;

	Scene(Stage stage) {
		this.stage = stage;
		this.board = stage.board();
		this.upstream = stage.upstream();
		this.notation = stage.notation();
		this.client = stage.connect();
	}

	Transcript transcript() {
		return this.transcript;
	}

	Notation notation() {
		return this.notation;
	}

	Board board() {
		return this.board;
	}

	RecordingUpstream upstream() {
		return this.upstream;
	}

	Peer client() {
		return this.client;
	}

	/**
	 * Returns the connection on which the upstream received last.
	 */
	@Nullable Peer asked() {
		return this.asked;
	}

	/**
	 * Expects the next answer without its body.
	 */
	void toHead() {
		this.toHead = true;
	}

	/**
	 * Waits for the next request at the upstream, or until it is clear that none comes.
	 * @return whether there was one
	 */
	boolean awaitRequest() {
		this.board.await(() -> this.upstream.asked() != null || isAnswered() || this.client.ended());
		Message early = pending();
		if (early != null && early.status() == 101) {
			// A WebSocket endpoint answers before it dials.
			this.board.await(() -> this.upstream.asked() != null, DIAL);
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
		this.transcript.add(Section.UPSTREAM_RECEIVES, text);
		return request;
	}

	/**
	 * Waits for the next answer at the client. What the upstream is asked meanwhile is
	 * answered, unless it is the next request in the script that was faster.
	 * @param grace how long to wait for the answer although the upstream is asked
	 * @return the answer, or nothing when the connection ends or time is up
	 */
	@Nullable Message awaitAnswer(Duration grace) {
		while (true) {
			BooleanSupplier over = () -> pending() != null || this.client.ended();
			this.board.await(() -> over.getAsBoolean() || this.upstream.asked() != null);
			this.board.await(over, (this.upstream.asked() != null) ? grace : Duration.ZERO);
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
	 * Puts the right accept into an answer to a proxy that sent a key of its own.
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
		this.transcript.add(Section.CLIENT_RECEIVES, answers.text(answer));
		if (Answers.isProblem(answer) && answer.body().length != 0) {
			this.transcript.cause(answers.cause(answer));
		}
		return answer;
	}

	/**
	 * Answers a request that the case does not speak of, as an upstream would that knows
	 * nothing of WebSocket.
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
	 * Sends a plain request on a connection of its own, which must be answered.
	 * @param path path that tells it from other requests
	 */
	void anotherClient(String path) {
		try (Peer other = this.stage.connect()) {
			other.send(get(path), WHOLE);
			answerOwn(path, other);
			this.board.await(() -> Message.answer(other.received(), other.ended(), false) != null || other.ended());
			Message answer = Message.answer(other.received(), other.ended(), false);
			if (answer == null || !isOwn(answer)) {
				this.transcript.fault("the plain request of another client is not answered");
			}
		}
	}

	/**
	 * Answers a request of the suite's own. Others that come before it are not expected.
	 * @param path path of the request
	 * @param sender connection that sent it
	 */
	void answerOwn(String path, Peer sender) {
		while (this.board.await(() -> this.upstream.asked() != null || sender.ended())) {
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
	 * Waits for the answer to a request of the suite's own.
	 * @return whether it came, before the connection ended or time was up
	 */
	boolean awaitOwnAnswer() {
		this.board.await(() -> pending() != null || this.client.ended());
		Message answer = pending();
		while (answer != null && !isOwn(answer)) {
			takeAnswer(answer);
			this.board.await(() -> pending() != null || this.client.ended());
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
