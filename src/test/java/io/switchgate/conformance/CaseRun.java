package io.switchgate.conformance;

import java.time.Duration;

/**
 * Run of a case: carries out its steps, and waits for the bytes that it expects.
 */
final class CaseRun {

	private static final Duration GRACE = Duration.ofMillis(200);

	private final CaseConnections connections;

	private final Case script;

	private final int segment;

	/**
	 * Creates a run, and connects its client.
	 * @param proxy proxy under test
	 * @param script case to run
	 * @param segment number of bytes that are sent at a time
	 */
	CaseRun(ProxyUnderTest proxy, Case script, int segment) {
		this.connections = new CaseConnections(proxy);
		this.script = script;
		this.segment = segment;
	}

	Transcript run() {
		try (Peer client = this.connections.client()) {
			this.script.steps().forEach(this::step);
			this.connections.transcript().connection(new FinalState(this.connections).connection());
			client.fin();
		}
		new FinalState(this.connections).checkUpstream();
		return this.connections.transcript();
	}

	private void step(Section section) {
		switch (section.type()) {
			case CLIENT_SENDS -> clientSends(section);
			case CLIENT_RECEIVES -> clientReceives(section);
			case UPSTREAM_RECEIVES -> upstreamReceives(section);
			case UPSTREAM_ANSWERS -> upstreamAnswers(section);
			case ANOTHER_CLIENT -> {
				this.connections.sendFromAnotherClient("/chat/another");
				done(section);
			}
			default -> end(section);
		}
	}

	private void done(Section section) {
		this.connections.transcript().add(section.type(), section.text());
	}

	private void end(Section section) {
		Peer end = (section.type() == SectionType.CLIENT_ENDS) ? this.connections.client() : this.connections.asked();
		if (end == null) {
			return;
		}
		switch (section.type()) {
			case CLIENT_ENDS -> end.fin();
			case UPSTREAM_CLOSES -> end.close();
			default -> end.reset();
		}
		done(section);
	}

	private void clientSends(Section section) {
		if (section.text().startsWith("HEAD ")) {
			this.connections.expectAnswerToHead();
		}
		this.connections.client().send(bytes(section), this.segment);
		done(section);
	}

	private void upstreamReceives(Section section) {
		Peer end = this.connections.asked();
		if (isNone(section)) {
			done(section);
		}
		else if (end != null && end.isTunnel()) {
			relayed(end, section);
		}
		else if (!this.connections.awaitRequest()) {
			this.connections.transcript().add(section.type(), Transcript.NOTHING);
		}
	}

	private void relayed(Peer end, Section section) {
		int length = bytes(section).length;
		this.connections.lock().await(() -> end.received().length >= length || end.ended());
		written(section, end.take(Math.min(length, end.received().length)));
	}

	private void written(Section section, byte[] bytes) {
		this.connections.transcript()
			.add(section.type(), (bytes.length != 0) ? this.connections.notation().text(bytes) : Transcript.NOTHING);
	}

	private void upstreamAnswers(Section section) {
		Peer end = this.connections.asked();
		if (end == null) {
			return;
		}
		if (!end.isTunnel() && end.received().length > 0) {
			this.connections.transcript().fault("bytes reached the upstream before it answered");
			this.connections.transcript()
				.add(SectionType.UPSTREAM_RECEIVES, this.connections.notation().text(end.takeAll()));
		}
		if (isSwitch(section)) {
			end.markTunnel();
		}
		end.send(this.connections.fitted(bytes(section)), this.segment);
		done(section);
	}

	private void clientReceives(Section section) {
		if (this.connections.isSwitched()) {
			relayed(this.connections.client(), section);
			return;
		}
		boolean informational = section.text().startsWith("HTTP/1.1 1") && !isSwitch(section);
		Duration grace = asksAgain(section) ? this.connections.lock().deadline() : GRACE;
		Message answer = this.connections.awaitAnswer(grace);
		while (answer != null && answer.isInformational() && !informational) {
			answer = this.connections.awaitAnswer(grace);
		}
		if (answer == null) {
			written(section, this.connections.client().takeAll());
		}
	}

	private boolean asksAgain(Section section) {
		return this.script.steps()
			.stream()
			.dropWhile((step) -> step != section)
			.anyMatch((step) -> step.type() == SectionType.UPSTREAM_RECEIVES && !isNone(step));
	}

	private static boolean isNone(Section section) {
		return section.text().equals(Transcript.NOTHING) || section.text().equals(Transcript.NO_WHOLE_REQUEST);
	}

	private byte[] bytes(Section section) {
		return this.connections.notation().bytes(section.text());
	}

	private static boolean isSwitch(Section answer) {
		return answer.text().contains("HTTP/1.1 101 ");
	}

}
