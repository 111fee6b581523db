package io.switchgate.probe;

import java.io.IOException;
import java.net.SocketTimeoutException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemCause;

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
	 * Asks.
	 * @param target whom
	 * @param request what
	 * @param tls how TLS is spoken
	 */
	void ask(Target target, Head request, Tls tls) {
		try {
			Connection opened = Connection.open(target, tls, this.steps);
			this.connection = opened;
			Head head = answer(opened, request);
			this.answer = head;
			String complaint = (head.status() == SWITCHING) ? new SwitchCheck(request, head).complaint() : null;
			if (complaint != null) {
				throw new ProbeException(ProblemCause.UPSTREAM_ANSWER_INVALID, complaint);
			}
		}
		catch (ProbeException ex) {
			this.failure = ex;
		}
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
			// TLS 1.3 has a server's alert about a client's certificate arrive here.
			throw new ProbeException(ProblemCause.UPSTREAM_TLS_FAILED, Connection.reason(ex));
		}
		catch (IOException ex) {
			throw new ProbeException(ProblemCause.UPSTREAM_CLOSED, Connection.reason(ex));
		}
	}

	/**
	 * Returns the connection that speaks WebSocket now.
	 * @return connection, or null if there was no switch, or a wrong one
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
