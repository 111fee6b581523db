package io.switchgate.doctor;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HandshakeRecord.Ending;
import io.switchgate.tunnel.CloseCause;

/**
 * The upgrade worked, but the tunnel ended within a second.
 */
final class EndingRules {

	private static final Meaning ANY = new Meaning("a code of the application, or one that says little",
			"The log of the side that closed, at this time.");

	/**
	 * Close codes (RFC 6455, section 7.4.1, and IANA's registry).
	 */
	private static final Map<Integer, Meaning> MEANINGS = Map.ofEntries(
			Map.entry(1001,
					new Meaning("it goes away: a server that stops or restarts, or a page that was left",
							"Nothing if it was meant; else what restarts the server (reload mode, a liveness probe).")),
			Map.entry(1002, new Meaning(
					"it got frames that break RFC 6455: unmasked or masked wrongly, reserved bits "
							+ "without an extension, or HTTP behind the 101",
					"The library of the other side; compression off to try (permessage-deflate); a hop that writes into "
							+ "the stream.")),
			Map.entry(1003,
					new Meaning("it takes no messages of this type, as text where it wants binary",
							"The type that the application sends first.")),
			Map.entry(1007,
					new Meaning("it got text that is no UTF-8, or a payload that does not fit its type",
							"Binary frames for bytes; UTF-8 in text frames.")),
			Map.entry(1008, new Meaning("it refuses by a policy: credentials, an Origin, or a rule of the application",
					"Credentials and Origin of the handshake. FastAPI closes with 1008 where a dependency raises "
							+ "WebSocketException.")),
			Map.entry(1009,
					new Meaning("it got a message over its limit",
							"The limit of the side that closed: uvicorn --ws-max-size, Node ws maxPayload, Spring "
									+ "maxTextMessageBufferSize, Tomcat's maxTextMessageBufferSize.")),
			Map.entry(1010,
					new Meaning("it wants an extension that the server did not accept",
							"Sec-WebSocket-Extensions through all hops, and the extension in the server.")),
			Map.entry(1011,
					new Meaning("an error in the application, or a ping that got no answer",
							"The stack trace in the server's log. uvicorn: --ws-ping-timeout if it is the ping.")),
			Map.entry(1012, new Meaning("it restarts", "Nothing: clients come back.")),
			Map.entry(1013, new Meaning("it is overloaded", "More room there, or clients that come back later.")));

	private EndingRules() {
	}

	static @Nullable Verdict early(Case handshake) {
		Ending ending = handshake.ending();
		if (!handshake.isSwitched() || ending == null || !ending.isEarly()) {
			return null;
		}
		List<String> evidence = List.of(handshake.answer().tell(),
				"the tunnel ended after " + ending.lifetime().toMillis() + " ms",
				"its cause is " + ending.cause().code() + ", its close code " + ending.code());
		String side = ending.cause().name().startsWith("CLIENT_") ? "client" : "upstream";
		return switch (ending.cause()) {
			case CLIENT_CLOSE, UPSTREAM_CLOSE -> closed(evidence, side, ending.code());
			case CLIENT_FIN, UPSTREAM_FIN -> new Verdict(Finding.ENDED_WITHOUT_CLOSE, evidence, "The " + side
					+ " side ended its connection without a close frame (1006 for the other side): a "
					+ "process that ends, a hop that passed the 101 but does not tunnel, or a client that rejects "
					+ "the handshake.",
					"The log of the " + side + ", and of the hop on that side: "
							+ Hop.of(head(handshake, side)).upgradeRemedy());
			case CLIENT_RESET, UPSTREAM_RESET ->
				new Verdict(Finding.ENDED_BY_RESET, evidence, "The connection of the " + side
						+ " broke with a reset: a crash, a firewall, or a hop that does not " + "know this connection.",
						"The log of the " + side + ", and of the hops and firewalls on that side.");
			default -> new Verdict(Finding.ENDED_BY_GATEWAY, evidence, byGateway(ending.cause(), side),
					"tunnels.md has each cause; limits are those of the route's TunnelLimits or switchgate.tunnel.limits.");
		};
	}

	private static Head head(Case handshake, String side) {
		return side.equals("client") ? handshake.client() : handshake.answer();
	}

	private static Verdict closed(List<String> evidence, String side, int code) {
		Meaning meaning = MEANINGS.getOrDefault(code, ANY);
		return new Verdict(Finding.ENDED_WITH_CODE, evidence,
				"The " + side + " closed with " + code + ": " + meaning.meaning() + ".", meaning.remedy());
	}

	private static String byGateway(CloseCause cause, String side) {
		return cause.name().startsWith("GATEWAY_")
				? "The gateway ended the tunnel for a reason of its own: a drain, a "
						+ "changed route, an operator, a time limit, or its stop."
				: "The gateway ended the tunnel because the " + side + " broke a rule or a limit: " + cause.code()
						+ ".";
	}

	/**
	 * Meaning of a close code.
	 *
	 * @param meaning what the side that closed says of itself
	 * @param remedy where to look
	 */
	private record Meaning(String meaning, String remedy) {

	}

}
