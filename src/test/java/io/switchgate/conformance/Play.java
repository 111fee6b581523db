package io.switchgate.conformance;

import java.time.Duration;

/**
 * Plays a case: does what it says, and waits for what it expects.
 */
final class Play {

	private static final Duration GRACE = Duration.ofMillis(200);

	private final Scene scene;

	private final Case script;

	private final int segment;

	/**
	 * Connects the client.
	 * @param stage where to play
	 * @param script what to play
	 * @param segment bytes of a segment that is sent
	 */
	Play(Stage stage, Case script, int segment) {
		this.scene = new Scene(stage);
		this.script = script;
		this.segment = segment;
	}

	Transcript run() {
		try (Peer client = this.scene.client()) {
			this.script.steps().forEach(this::step);
			this.scene.transcript().connection(new Ending(this.scene).connection());
			client.fin();
		}
		new Ending(this.scene).check();
		return this.scene.transcript();
	}

	private void step(Part part) {
		switch (part.section()) {
			case CLIENT_SENDS -> clientSends(part);
			case CLIENT_RECEIVES -> clientReceives(part);
			case UPSTREAM_RECEIVES -> upstreamReceives(part);
			case UPSTREAM_ANSWERS -> upstreamAnswers(part);
			case ANOTHER_CLIENT -> {
				this.scene.anotherClient("/chat/another");
				done(part);
			}
			default -> end(part);
		}
	}

	private void done(Part part) {
		this.scene.transcript().add(part.section(), part.text());
	}

	private void end(Part part) {
		Peer end = (part.section() == Section.CLIENT_ENDS) ? this.scene.client() : this.scene.asked();
		if (end == null) {
			return;
		}
		switch (part.section()) {
			case CLIENT_ENDS -> end.fin();
			case UPSTREAM_CLOSES -> end.close();
			default -> end.reset();
		}
		done(part);
	}

	private void clientSends(Part part) {
		if (part.text().startsWith("HEAD ")) {
			this.scene.toHead();
		}
		this.scene.client().send(bytes(part), this.segment);
		done(part);
	}

	private void upstreamReceives(Part part) {
		Peer end = this.scene.asked();
		if (isNone(part)) {
			done(part);
		}
		else if (end != null && end.isTunnel()) {
			relayed(end, part);
		}
		else if (!this.scene.awaitRequest()) {
			this.scene.transcript().add(part.section(), Transcript.NOTHING);
		}
	}

	private void relayed(Peer end, Part part) {
		int length = bytes(part).length;
		this.scene.board().await(() -> end.received().length >= length || end.ended());
		written(part, end.take(Math.min(length, end.received().length)));
	}

	private void written(Part part, byte[] bytes) {
		this.scene.transcript()
			.add(part.section(), (bytes.length != 0) ? this.scene.notation().text(bytes) : Transcript.NOTHING);
	}

	private void upstreamAnswers(Part part) {
		Peer end = this.scene.asked();
		if (end == null) {
			return;
		}
		if (!end.isTunnel() && end.received().length > 0) {
			this.scene.transcript().fault("bytes reached the upstream before it answered");
			this.scene.transcript().add(Section.UPSTREAM_RECEIVES, this.scene.notation().text(end.takeAll()));
		}
		if (isSwitch(part)) {
			end.markTunnel();
		}
		end.send(this.scene.fitted(bytes(part)), this.segment);
		done(part);
	}

	private void clientReceives(Part part) {
		if (this.scene.isSwitched()) {
			relayed(this.scene.client(), part);
			return;
		}
		boolean informational = part.text().startsWith("HTTP/1.1 1") && !isSwitch(part);
		Duration grace = asksAgain(part) ? this.scene.board().deadline() : GRACE;
		Message answer = this.scene.awaitAnswer(grace);
		while (answer != null && answer.isInformational() && !informational) {
			answer = this.scene.awaitAnswer(grace);
		}
		if (answer == null) {
			written(part, this.scene.client().takeAll());
		}
	}

	private boolean asksAgain(Part part) {
		return this.script.steps()
			.stream()
			.dropWhile((step) -> step != part)
			.anyMatch((step) -> step.section() == Section.UPSTREAM_RECEIVES && !isNone(step));
	}

	private static boolean isNone(Part part) {
		return part.text().equals(Transcript.NOTHING) || part.text().equals(Transcript.NO_WHOLE_REQUEST);
	}

	private byte[] bytes(Part part) {
		return this.scene.notation().bytes(part.text());
	}

	private static boolean isSwitch(Part answer) {
		return answer.text().contains("HTTP/1.1 101 ");
	}

}
