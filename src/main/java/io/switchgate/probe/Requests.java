package io.switchgate.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.switchgate.websocket.SecWebSocketHeaders;
import io.switchgate.websocket.SecWebSocketKey;

/**
 * Builds the requests of the probe.
 *
 * @param options what the command was asked for
 */
record Requests(ProbeOptions options) {

	private static final String HOST = "Host";

	/**
	 * Returns an opening handshake (RFC 6455, section 4.1).
	 */
	Head upgrade(Target target) {
		List<Map.Entry<String, String>> own = new ArrayList<>();
		own.add(Map.entry(HOST, target.host()));
		own.add(Map.entry("User-Agent", "switchgate-probe"));
		own.add(Map.entry("Upgrade", "websocket"));
		own.add(Map.entry("Connection", "Upgrade"));
		own.add(Map.entry(SecWebSocketHeaders.KEY, SecWebSocketKey.random().value()));
		own.add(Map.entry(SecWebSocketHeaders.VERSION, SecWebSocketHeaders.SUPPORTED_VERSION));
		if (!this.options.subprotocols().isEmpty()) {
			own.add(Map.entry(SecWebSocketHeaders.PROTOCOL, String.join(", ", this.options.subprotocols())));
		}
		return request(target, own, this.options.headers());
	}

	/**
	 * Returns the same request without an upgrade.
	 */
	Head plain(Target target) {
		return request(target,
				List.of(Map.entry(HOST, target.host()), Map.entry("User-Agent", "switchgate-probe"),
						Map.entry("Connection", "close")),
				this.options.headers().stream().filter((header) -> !isOfUpgrade(header.getKey())).toList());
	}

	private static boolean isOfUpgrade(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		return lowerCase.equals("upgrade") || lowerCase.equals("connection") || lowerCase.startsWith("sec-websocket-");
	}

	private static Head request(Target target, List<Map.Entry<String, String>> own,
			List<Map.Entry<String, String>> given) {
		List<Map.Entry<String, String>> headers = new ArrayList<>();
		own.stream()
			.filter((header) -> given.stream().noneMatch((other) -> other.getKey().equalsIgnoreCase(header.getKey())))
			.forEach(headers::add);
		given.stream().filter((header) -> !header.getValue().isEmpty()).forEach(headers::add);
		// Host should come first (RFC 9110, section 7.2), even if the user gave it.
		headers.sort((one, other) -> Boolean.compare(other.getKey().equalsIgnoreCase(HOST),
				one.getKey().equalsIgnoreCase(HOST)));
		return new Head("GET " + target.path() + " HTTP/1.1", List.copyOf(headers));
	}

}
