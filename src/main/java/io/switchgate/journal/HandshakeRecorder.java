package io.switchgate.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponse;

import io.switchgate.problem.ProblemException;

/**
 * Records a handshake while it is in progress. If there are several attempts at an
 * upstream, the last one counts.
 */
public final class HandshakeRecorder {

	private static final long NEVER = Long.MIN_VALUE;

	private static final int SWITCHING_PROTOCOLS = 101;

	private final String id;

	private final Redaction redaction;

	private final Instant begun = Instant.now();

	private final long started = System.nanoTime();

	private final HeaderBlock.Writer writer;

	private final Subprotocols subprotocols;

	private final HandshakeRecord.Side client;

	private @Nullable String route;

	private @Nullable String upstream;

	private long dialed = NEVER;

	private long connected = NEVER;

	private long answered = NEVER;

	private @Nullable ConnectionFacts connection;

	private @Nullable HeaderBlock sent;

	private @Nullable HeaderBlock received;

	private boolean switched;

	private @Nullable Throwable error;

	HandshakeRecorder(String id, Redaction redaction, HeaderBlock.Writer writer, Subprotocols subprotocols,
			HandshakeRecord.Side client) {
		this.id = id;
		this.redaction = redaction;
		this.writer = writer;
		this.subprotocols = subprotocols;
		this.client = client;
	}

	/**
	 * Returns the name of the handshake in this process.
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns the address of the client, as trusted hops tell it.
	 */
	public String client() {
		return this.client.address();
	}

	/**
	 * Records the route.
	 * @param route id of the route
	 */
	public void routed(String route) {
		this.route = route;
	}

	/**
	 * Records that the gateway dials an upstream.
	 * @param upstream scheme, host and port
	 */
	public void dialed(String upstream) {
		this.upstream = upstream;
		this.dialed = System.nanoTime();
		this.connected = NEVER;
		this.answered = NEVER;
		this.connection = null;
		this.sent = null;
		this.received = null;
		this.switched = false;
	}

	/**
	 * Records the connection to the upstream.
	 */
	public void connected(Channel channel) {
		this.connected = System.nanoTime();
		this.connection = ConnectionFacts.of(channel);
	}

	/**
	 * Records the request to the upstream.
	 * @param line request line
	 */
	public void sent(String line, Iterable<Map.Entry<String, String>> headers) {
		this.sent = block(line, headers);
	}

	/**
	 * Records the upstream's final answer.
	 */
	public void received(HttpResponse answer) {
		this.answered = System.nanoTime();
		// Leave out the upstream's reason phrase, which may contain anything.
		HttpResponseStatus status = HttpResponseStatus.valueOf(answer.status().code());
		this.received = block(answer.protocolVersion() + " " + status, answer.headers());
	}

	private HeaderBlock block(String line, Iterable<Map.Entry<String, String>> headers) {
		return this.redaction.block(line, headers, this.writer, this.subprotocols);
	}

	/**
	 * Returns a value that the answer has settled, without secrets.
	 * @param name name of a header
	 * @param value value that the upstream chose
	 * @return the value, or the placeholder for a secret
	 */
	public String settled(String name, String value) {
		this.subprotocols.begin();
		return this.redaction.header(name, value, this.subprotocols);
	}

	/**
	 * Records that the upstream's answer is a 101 that could open a tunnel.
	 */
	public void switched() {
		this.switched = true;
	}

	/**
	 * Records an error.
	 */
	public void failed(Throwable error) {
		this.error = error;
	}

	/**
	 * Returns the record of a handshake that is over.
	 * @param status status that the client got
	 * @param line status line of the answer, or null if there was none
	 */
	public HandshakeRecord finish(int status, @Nullable String line, Iterable<Map.Entry<String, String>> headers) {
		HeaderBlock answer = (line != null) ? block(line, headers) : null;
		long now = System.nanoTime();
		return new HandshakeRecord(this.id, this.begun,
				new HandshakeRecord.Result(this.route, outcome(status), status, cause(status), detail()),
				new HandshakeRecord.Times(between(this.started, this.dialed), between(this.dialed, this.connected),
						between(this.connected, this.answered), Duration.ofNanos(now - this.started)),
				new HandshakeRecord.Side(this.client.address(), this.client.connection(), this.client.request(),
						answer),
				(this.upstream != null)
						? new HandshakeRecord.Side(this.upstream, this.connection, this.sent, this.received) : null,
				null);
	}

	private HandshakeOutcome outcome(int status) {
		if (status == SWITCHING_PROTOCOLS) {
			return HandshakeOutcome.SWITCHED;
		}
		if (status == HandshakeRecord.CLIENT_LEFT) {
			return HandshakeOutcome.FAILED;
		}
		return (this.error == null && this.received != null && !this.switched) ? HandshakeOutcome.DECLINED
				: HandshakeOutcome.ofError(status);
	}

	private @Nullable String cause(int status) {
		if (status == HandshakeRecord.CLIENT_LEFT) {
			return "client-left";
		}
		if (this.error instanceof ProblemException problem) {
			return problem.reason().code();
		}
		if (this.switched && status != SWITCHING_PROTOCOLS) {
			return "filter-refused";
		}
		return (this.route == null) ? "no-route" : null;
	}

	private @Nullable String detail() {
		String detail = (this.error instanceof ErrorResponse problem) ? problem.getBody().getDetail() : null;
		return (detail != null) ? this.redaction.uri(detail) : null;
	}

	private static @Nullable Duration between(long from, long to) {
		return (from != NEVER && to != NEVER) ? Duration.ofNanos(to - from) : null;
	}

}
