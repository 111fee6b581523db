package io.switchgate.probe;

import java.io.IOException;
import java.net.SocketTimeoutException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemCause;
import io.switchgate.websocket.HeaderTokens;
import io.switchgate.websocket.SecWebSocketHeaders;
import io.switchgate.websocket.SwitchCheck;
import io.switchgate.websocket.SwitchCheck.Violation;

/**
 * A request on a connection of its own, and its answer.
 */
final class Exchange implements AutoCloseable {

	private static final int SWITCHING = 101;

	private final Steps steps;

	private @Nullable Connection connection;

	private @Nullable Head answer;

	private @Nullable ProbeException failure;

	Exchange(Steps steps) {
		this.steps = steps;
	}

	/**
	 * Sends the request and reads the answer.
	 */
	void ask(Target target, Head request, Tls tls) {
		try {
			Connection opened = Connection.open(target, tls, this.steps);
			this.connection = opened;
			Head head = answer(opened, request);
			this.answer = head;
			String complaint = (head.status() == SWITCHING) ? complaint(request, head) : null;
			if (complaint != null) {
				throw new ProbeException(ProblemCause.UPSTREAM_ANSWER_INVALID, complaint);
			}
		}
		catch (ProbeException ex) {
			this.failure = ex;
		}
	}

	/**
	 * Describes what is wrong with a 101, without values that may be secrets.
	 * @return sentence without a full stop, or null if nothing is
	 */
	private static @Nullable String complaint(Head request, Head answer) {
		Violation violation = new SwitchCheck(request::values, answer::values).first();
		if (violation == null) {
			boolean offered = !HeaderTokens.of(request.values(SecWebSocketHeaders.PROTOCOL)).values().isEmpty();
			return (offered && answer.values(SecWebSocketHeaders.PROTOCOL).isEmpty())
					? "101 with none of the offered subprotocols, which browsers do not take" : null;
		}
		return switch (violation) {
			case UPGRADE -> "101 without Upgrade: websocket, or with another";
			case CONNECTION -> "101 without Connection: Upgrade";
			case ACCEPT -> "101 whose Sec-WebSocket-Accept is missing, or does not belong to the key";
			case EXTENSION_NOT_OFFERED -> "101 with an extension that was not offered";
			case SUBPROTOCOL_NOT_OFFERED, SUBPROTOCOL_DOUBLED ->
				"101 with a subprotocol that was not offered, or more than one";
		};
	}

	private Head answer(Connection opened, Head request) throws ProbeException {
		try {
			return this.steps.take("answer", () -> {
				opened.send(request.bytes());
				return new HeadReader(opened.input()).read();
			});
		}
		catch (SocketTimeoutException ex) {
			throw new ProbeException(ProblemCause.UPSTREAM_ANSWER_TIMEOUT,
					"no answer within " + Times.text(this.steps.timeout()));
		}
		catch (SSLException ex) {
			// With TLS 1.3 a server's alert about the client's certificate arrives only
			// here.
			throw new ProbeException(ProblemCause.UPSTREAM_TLS_FAILED, Connection.reason(ex));
		}
		catch (IOException ex) {
			throw new ProbeException(ProblemCause.UPSTREAM_CLOSED, Connection.reason(ex));
		}
	}

	/**
	 * Returns the connection after a valid switch.
	 * @return connection, or null if there was no switch, or an invalid one
	 */
	@Nullable Connection switched() {
		return (this.answer != null && this.answer.status() == SWITCHING && this.failure == null) ? this.connection
				: null;
	}

	@Nullable Connection connection() {
		return this.connection;
	}

	@Nullable Head answer() {
		return this.answer;
	}

	@Nullable ProbeException failure() {
		return this.failure;
	}

	@Override
	public void close() {
		if (this.connection != null) {
			this.connection.close();
		}
	}

}
