package io.switchgate.handshake;

import java.time.Duration;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import io.switchgate.transport.Timer;

/**
 * A handshake that waits in a line. It ends there exactly once: it begins, is refused, or
 * its client leaves.
 */
final class Turn {

	private final Line line;

	private final Object network;

	private final EventLoop loop;

	private final Timer timer = new Timer();

	private @Nullable MonoSink<Void> sink;

	private boolean over;

	private boolean taken;

	/**
	 * Creates a turn.
	 * @param line where the handshake waits
	 * @param network network of its client
	 * @param loop event loop of its client
	 */
	Turn(Line line, Object network, EventLoop loop) {
		this.line = line;
		this.network = network;
		this.loop = loop;
	}

	Object network() {
		return this.network;
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * Waits. Subscribe on the event loop of the client.
	 * @param longest longest time to wait
	 * @return completes on that loop, or fails if the handshake is refused
	 */
	Mono<Void> await(Duration longest) {
		return Mono.create((waiting) -> enter(waiting, longest));
	}

	/**
	 * Takes what the line gives to a handshake that begins.
	 */
	void take() {
		this.taken = true;
	}

	private void enter(MonoSink<Void> waiting, Duration longest) {
		this.sink = waiting;
		waiting.onCancel(() -> onLoop(this::leave));
		this.timer.start(this.loop, longest, () -> this.line.expired(this));
		this.line.join(this);
	}

	/**
	 * Lets the handshake begin. A client that leaves at this moment takes nothing, so the
	 * line gets it back. Use it on the event loop of the client.
	 */
	void begin() {
		if (!this.over && this.sink != null) {
			end();
			this.sink.success();
		}
		if (!this.taken) {
			this.line.missed(this);
		}
	}

	/**
	 * Lets the handshake begin in a task of its own. Those that end at once and make room
	 * for each other would fill the stack otherwise.
	 */
	void beginLater() {
		this.loop.execute(this::begin);
	}

	/**
	 * Refuses the handshake, unless it no longer waits.
	 */
	void refuse() {
		onLoop(() -> {
			if (!this.over && this.sink != null) {
				leave();
				this.sink.error(this.line.refusal(this));
			}
		});
	}

	private void leave() {
		end();
		this.line.leave(this);
	}

	private void end() {
		this.over = true;
		this.timer.stop();
	}

	/**
	 * Other loops free places, and filters of users may cancel a handshake on another
	 * thread.
	 */
	private void onLoop(Runnable action) {
		if (this.loop.inEventLoop()) {
			action.run();
		}
		else {
			this.loop.execute(action);
		}
	}

}
