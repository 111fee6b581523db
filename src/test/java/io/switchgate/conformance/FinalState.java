package io.switchgate.conformance;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.switchgate.fixture.Frame;

/**
 * State after the steps of a case: that of the client's connection, and what remains at
 * the upstream.
 */
final class FinalState {

	private static final String AFTER = "/chat/after";

	private static final String NO_TUNNEL = "101 without a tunnel";

	private static final Duration AT_ONCE = Duration.ofMillis(20);

	private final CaseConnections connections;

	private final ConnectionLock lock;

	private final Peer client;

	FinalState(CaseConnections connections) {
		this.connections = connections;
		this.lock = connections.lock();
		this.client = connections.client();
	}

	/**
	 * Finds out whether the client's connection is open, closed, stuck or a tunnel.
	 */
	String connection() {
		String connection = this.connections.isSwitched() ? tunnelState() : httpState();
		byte[] rest = this.client.takeAll();
		if (rest.length != 0) {
			this.connections.transcript().add(SectionType.CLIENT_RECEIVES, this.connections.notation().text(rest));
		}
		return connection;
	}

	/**
	 * Sends whole frames, since a proxy that is a WebSocket endpoint itself decodes them.
	 */
	private String tunnelState() {
		Peer upstream = this.connections.asked();
		if (upstream == null || !upstream.isTunnel()) {
			return "101 without the upstream";
		}
		if (upstream.ended() || this.client.ended()) {
			return this.lock.await(this.client::ended) ? "closed" : "open without the upstream";
		}
		byte[] ping = Frame.text("ping").mask().bytes();
		byte[] pong = Frame.text("pong").bytes();
		this.client.send(ping, CaseConnections.WHOLE);
		if (!this.lock.await(() -> upstream.received().length >= ping.length)) {
			return NO_TUNNEL;
		}
		upstream.send(pong, CaseConnections.WHOLE);
		this.lock.await(() -> this.client.received().length >= pong.length || this.client.ended());
		boolean same = Arrays.equals(upstream.takeAll(), ping);
		boolean back = Arrays.equals(this.client.takeAll(), pong);
		return back ? (same ? "tunnel" : "tunnel of frames") : NO_TUNNEL;
	}

	private String httpState() {
		if (this.lock.await(this.client::ended, isClosing() ? this.lock.deadline() : AT_ONCE)) {
			return "closed";
		}
		this.client.send(CaseConnections.get(AFTER), CaseConnections.WHOLE);
		this.connections.answerOwn(AFTER, this.client);
		if (this.connections.awaitOwnAnswer()) {
			return "open";
		}
		return this.client.ended() ? "closed" : "stuck";
	}

	private boolean isClosing() {
		return this.connections.transcript().answers().stream().anyMatch((answer) -> answer.says("connection: close"));
	}

	/**
	 * Checks that nothing remains at the upstream after the client has left.
	 */
	void checkUpstream() {
		RecordingUpstream upstream = this.connections.upstream();
		if (!this.lock.await(upstream::tunnelsEnded)) {
			this.connections.transcript().fault("the upstream's end of a tunnel stays open");
		}
		this.connections.sendFromAnotherClient("/chat/next");
		List<byte[]> rests = upstream.rest();
		if (this.connections.transcript().text(SectionType.UPSTREAM_RECEIVES).equals(Transcript.NO_WHOLE_REQUEST)) {
			return;
		}
		for (byte[] rest : rests) {
			this.connections.transcript().add(SectionType.UPSTREAM_RECEIVES, this.connections.notation().text(rest));
		}
	}

}
