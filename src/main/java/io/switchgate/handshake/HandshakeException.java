package io.switchgate.handshake;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Ends a handshake with an answer of the gateway's own. Its cause is what the network
 * said, so that {@code Retry} can match it.
 */
class HandshakeException extends ErrorResponseException {

	private final transient HandshakeCause reason;

	HandshakeException(HandshakeCause reason, String detail) {
		this(reason, detail, null);
	}

	HandshakeException(HandshakeCause reason, String detail, @Nullable Throwable cause) {
		super(reason.status(), problem(reason, detail), cause);
		this.reason = reason;
		if (reason == HandshakeCause.VERSION_UNSUPPORTED) {
			getHeaders().set(SecWebSocketHeaders.VERSION, UpgradeRequest.VERSION);
		}
		if (reason.status().value() == 426) {
			getHeaders().set(HttpHeaders.UPGRADE, "websocket");
			getHeaders().set(HttpHeaders.CONNECTION, "Upgrade");
		}
	}

	private static ProblemDetail problem(HandshakeCause reason, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(reason.status(), detail);
		problem.setType(reason.type());
		problem.setTitle(reason.title());
		if (reason.remedy() != null) {
			problem.setProperty("remedy", reason.remedy());
		}
		return problem;
	}

	HandshakeCause reason() {
		return this.reason;
	}

}
