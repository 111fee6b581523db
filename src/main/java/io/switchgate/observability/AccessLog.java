package io.switchgate.observability;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelSnapshot;

/**
 * Writes a line for each tunnel when it has ended. Nothing in it was chosen by a peer but
 * the close code.
 */
final class AccessLog implements TunnelListener {

	private static final Logger logger = LoggerFactory.getLogger("switchgate.access");

	@Override
	public void opened(Tunnel tunnel) {
		// The end tells all.
	}

	@Override
	public void closed(Tunnel tunnel) {
		if (!logger.isInfoEnabled()) {
			return;
		}
		TunnelSnapshot end = tunnel.snapshot();
		logger.info(
				"tunnel={} route={} client={} upstream={} cause={} code={} duration={} "
						+ "client-messages={} client-bytes={} client-rtt={} "
						+ "upstream-messages={} upstream-bytes={} upstream-rtt={}",
				end.id(), end.terms().route(), end.terms().client(), end.terms().upstream(),
				TunnelMetrics.cause(tunnel), tunnel.closeCode(), seconds(tunnel.age()), end.client().messages(),
				end.client().bytes(), seconds(end.client().roundTrip()), end.upstream().messages(),
				end.upstream().bytes(), seconds(end.upstream().roundTrip()));
	}

	private static String seconds(@Nullable Duration duration) {
		return (duration != null) ? String.valueOf(duration.toMillis() / 1000.0) : "-";
	}

}
