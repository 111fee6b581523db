package io.switchgate.conformance;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.switchgate.fixture.Frame;

/**
 * What a case leaves behind: what its connection is still good for, and whether anything
 * remains.
 */
final class Ending {

	private static final String AFTER = "/chat/after";

	private static final String NO_TUNNEL = "101 without a tunnel";

	private static final Duration AT_ONCE = Duration.ofMillis(20);

	private final Scene scene;

	private final Board board;

	private final Peer client;

	Ending(Scene scene) {
		this.scene = scene;
		this.board = scene.board();
		this.client = scene.client();
	}

	/**
	 * Finds out what the client's connection is good for.
	 */
	String connection() {
		String connection = this.scene.isSwitched() ? relay() : serve();
		byte[] rest = this.client.takeAll();
		if (rest.length != 0) {
			this.scene.transcript().add(Section.CLIENT_RECEIVES, this.scene.notation().text(rest));
		}
		return connection;
	}

	/**
	 * A proxy that is a WebSocket endpoint itself masks anew, so it takes whole frames.
	 */
	private String relay() {
		Peer upstream = this.scene.asked();
		if (upstream == null || !upstream.isTunnel()) {
			return "101 without the upstream";
		}
		if (upstream.ended() || this.client.ended()) {
			return this.board.await(this.client::ended) ? "closed" : "open without the upstream";
		}
		byte[] ping = Frame.text("ping").mask().bytes();
		byte[] pong = Frame.text("pong").bytes();
		this.client.send(ping, Scene.WHOLE);
		if (!this.board.await(() -> upstream.received().length >= ping.length)) {
			return NO_TUNNEL;
		}
		upstream.send(pong, Scene.WHOLE);
		this.board.await(() -> this.client.received().length >= pong.length || this.client.ended());
		boolean same = Arrays.equals(upstream.takeAll(), ping);
		boolean back = Arrays.equals(this.client.takeAll(), pong);
		return back ? (same ? "tunnel" : "tunnel of frames") : NO_TUNNEL;
	}

	private String serve() {
		if (this.board.await(this.client::ended, isClosing() ? this.board.deadline() : AT_ONCE)) {
			return "closed";
		}
		this.client.send(Scene.get(AFTER), Scene.WHOLE);
		this.scene.answerOwn(AFTER, this.client);
		if (this.scene.awaitOwnAnswer()) {
			return "open";
		}
		return this.client.ended() ? "closed" : "stuck";
	}

	private boolean isClosing() {
		return this.scene.transcript().answers().stream().anyMatch((answer) -> answer.says("connection: close"));
	}

	/**
	 * Looks at the upstream after the client has left.
	 */
	void check() {
		RecordingUpstream upstream = this.scene.upstream();
		if (!this.board.await(upstream::tunnelsEnded)) {
			this.scene.transcript().fault("the upstream's end of a tunnel stays open");
		}
		this.scene.anotherClient("/chat/next");
		List<byte[]> rests = upstream.rest();
		if (this.scene.transcript().text(Section.UPSTREAM_RECEIVES).equals(Transcript.NO_WHOLE_REQUEST)) {
			return;
		}
		for (byte[] rest : rests) {
			this.scene.transcript().add(Section.UPSTREAM_RECEIVES, this.scene.notation().text(rest));
		}
	}

}
