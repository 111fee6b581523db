package io.switchgate.handshake;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2StreamChannel;

/**
 * Restores, for records, the form in which an extended CONNECT was sent (RFC 8441,
 * section 5). Inside the gateway it is treated as the upgrade that it stands for.
 */
final class ExtendedConnect {

	private static final Map.Entry<String, String> PROTOCOL = Map.entry(":protocol", "websocket");

	private static final Set<String> OF_UPGRADES = Set.of("upgrade", "connection", "sec-websocket-key",
			"sec-websocket-accept");

	private ExtendedConnect() {
	}

	/**
	 * Returns whether a request was an extended CONNECT. No other HTTP/2 request can have
	 * {@code Upgrade}.
	 */
	static boolean is(Channel client, HttpHeaders request) {
		return client instanceof Http2StreamChannel && request.contains(HttpHeaderNames.UPGRADE);
	}

	static List<Map.Entry<String, String>> request(HttpHeaders upgrade) {
		return Stream.concat(Stream.of(PROTOCOL), without(upgrade)).toList();
	}

	static List<Map.Entry<String, String>> answer(HttpHeaders upgrade) {
		return without(upgrade).toList();
	}

	private static Stream<Map.Entry<String, String>> without(HttpHeaders upgrade) {
		return upgrade.entries()
			.stream()
			.filter((field) -> !OF_UPGRADES.contains(field.getKey().toLowerCase(Locale.ROOT)));
	}

}
