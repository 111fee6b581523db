package io.switchgate.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Operator of a gateway under load: scrapes, drains, closes tunnels and changes routes.
 */
final class Operator {

	private static final int PAUSE_MILLIS = 200;

	private final Random random;

	private final Churn churn;

	private final Path file;

	private int version;

	Operator(long seed, Churn churn, Path file) {
		this.random = new Random(seed);
		this.churn = churn;
		this.file = file;
	}

	/**
	 * Writes the file with the routes of all scenarios.
	 */
	void write() {
		String routes = Arrays.stream(TunnelScenario.values())
			.map((scenario) -> scenario.route(this.churn.upstreamUri(), this.version))
			.collect(Collectors.joining());
		this.version++;
		try {
			Files.writeString(this.file, "switchgate.drain: { time: 1s, grace: 1s }\n"
					+ "spring.cloud.gateway.server.webflux.routes:\n" + routes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends random requests to the management endpoints until it is interrupted.
	 */
	void work(GatewayProcess gateway) {
		while (!Thread.currentThread().isInterrupted()) {
			request(gateway, this.random.nextInt(20));
			WellBehavedScripts.pause(PAUSE_MILLIS);
		}
		ask(gateway, "DELETE", "drain?route=DRAINED");
	}

	private void request(GatewayProcess gateway, int choice) {
		switch (choice) {
			case 0 -> reload(gateway);
			case 1, 2 -> ask(gateway, "POST", "drain?route=DRAINED");
			case 3, 4, 5, 6 -> ask(gateway, "DELETE", "drain?route=DRAINED");
			case 7 -> ask(gateway, "DELETE", "tunnels?route=OPERATED&code=1012");
			case 8 -> ask(gateway, "GET", "prometheus");
			case 9 -> ask(gateway, "GET", "drain");
			default -> ask(gateway, "GET", "tunnels?size=1000&minAge=" + choice + "ms");
		}
	}

	private void reload(GatewayProcess gateway) {
		write();
		String answer = gateway.refresh();
		this.churn.expect(answer.contains("\"changed\":[\"RELOADED\"]"), answer);
	}

	private void ask(GatewayProcess gateway, String method, String endpoint) {
		String answer = gateway.ask(method, endpoint);
		boolean succeeded = answer.startsWith("HTTP/1.1 2");
		boolean repeated = method.equals("POST") && answer.startsWith("HTTP/1.1 409")
				|| method.equals("DELETE") && answer.startsWith("HTTP/1.1 404");
		this.churn.expect(succeeded || repeated, method + " " + endpoint + ": " + answer);
	}

}
