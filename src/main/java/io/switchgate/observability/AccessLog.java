package io.switchgate.observability;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.switchgate.journal.HandshakeListener;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HeaderBlock;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelSnapshot;

/**
 * Writes one line when a handshake is answered, and one when its tunnel ends.
 */
final class AccessLog implements HandshakeListener, TunnelListener {

	private static final Logger logger = LoggerFactory.getLogger("switchgate.access");

	@Override
	public void finished(HandshakeRecord handshake) {
		if (!logger.isInfoEnabled()) {
			return;
		}
		HandshakeRecord.Result result = handshake.result();
		HeaderBlock request = handshake.client().request();
		new AccessLine(logger).add("handshake", handshake.id())
			.add("route", result.route())
			.add("client", handshake.client().address())
			.add("upstream", (handshake.upstream() != null) ? handshake.upstream().address() : null)
			.add("request", (request != null) ? request.line() : null)
			.add("host", (request != null) ? String.join(",", request.values("Host")) : null)
			.add("outcome", result.outcome().code())
			.add("status", result.status())
			.add("cause", result.cause())
			.add("duration", seconds(handshake.times().total()))
			.write();
	}

	@Override
	public void closed(Tunnel tunnel) {
		if (!logger.isInfoEnabled()) {
			return;
		}
		TunnelSnapshot end = tunnel.snapshot();
		new AccessLine(logger).add("tunnel", end.id())
			.add("route", end.terms().route())
			.add("client", end.terms().client())
			.add("upstream", end.terms().upstream())
			.add("cause", TunnelMetrics.cause(tunnel))
			.add("code", tunnel.closeCode())
			.add("duration", seconds(tunnel.age()))
			.add("client-messages", end.client().messages())
			.add("client-bytes", end.client().bytes())
			.add("client-rtt", seconds(end.client().roundTrip()))
			.add("upstream-messages", end.upstream().messages())
			.add("upstream-bytes", end.upstream().bytes())
			.add("upstream-rtt", seconds(end.upstream().roundTrip()))
			.write();
	}

	private static @Nullable Double seconds(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() / 1000.0 : null;
	}

}
