package io.switchgate.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import io.switchgate.acceptance.FreePort;
import io.switchgate.fixture.Wire;

/**
 * Where the gateway says of itself how it is.
 *
 * @param number port on this machine
 */
record ManagementPort(int number) {

	private static final Pattern LAG = Pattern.compile("\nswitchgate_eventloop_lag_seconds_max\\S* (\\S+)");

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(20);

	private static final double MILLIS_OF_SECOND = 1000;

	static ManagementPort free() {
		return new ManagementPort(FreePort.find());
	}

	/**
	 * Waits until a load balancer would send clients.
	 */
	void awaitReadiness() {
		Awaitility.await()
			.atMost(DEADLINE)
			.pollDelay(Duration.ZERO)
			.pollInterval(POLL)
			.ignoreExceptions()
			.until(() -> ask("health/readiness").startsWith("HTTP/1.1 200 "));
	}

	/**
	 * Returns for how long an event loop was late at most, of late.
	 */
	OptionalDouble longestStallMillis() {
		return LAG.matcher(ask("prometheus"))
			.results()
			.mapToDouble((lag) -> Double.parseDouble(lag.group(1)) * MILLIS_OF_SECOND)
			.max();
	}

	private String ask(String endpoint) {
		try (Wire wire = Wire.connect(this.number)) {
			wire.send("GET /actuator/" + endpoint + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
			return new String(wire.rest(), StandardCharsets.UTF_8);
		}
	}

}
