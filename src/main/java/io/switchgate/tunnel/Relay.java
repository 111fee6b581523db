package io.switchgate.tunnel;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.switchgate.websocket.FrameHeader;
import io.switchgate.websocket.Opcode;

/**
 * One direction of a tunnel: takes the bytes that one end sends, watches their frames,
 * and passes them to the other end.
 */
final class Relay implements FrameSink {

	private final Tunnel tunnel;

	private final TunnelEnd source;

	private final TunnelEnd target;

	private final FrameWatch watch = new FrameWatch();

	private final FrameRules rules;

	private final @Nullable RateLimit rate;

	private final Traffic traffic;

	private @Nullable Runnable afterWithheld;

	/**
	 * Action for the end of the current message, or of the current frame.
	 */
	private @Nullable Runnable stop;

	private boolean stopInsideMessage;

	private boolean discarding;

	private boolean closeSent;

	private long batch;

	private long bytes;

	private long messages;

	Relay(Tunnel tunnel, TunnelEnd source, TunnelEnd target) {
		this.tunnel = tunnel;
		this.source = source;
		this.target = target;
		TunnelTerms terms = tunnel.terms();
		this.rules = new FrameRules(source.direction(), terms.limits(), terms.extensions() != null);
		this.rate = RateLimit.of(terms.limits());
		this.traffic = tunnel.listener().traffic(tunnel, source.direction());
	}

	void read(ByteBuf in) {
		long bytesBefore = this.batch;
		long messagesBefore = this.messages;
		this.watch.read(in, this);
		if (this.rate != null && !this.discarding) {
			limit(this.rate, this.messages - messagesBefore, this.batch - bytesBefore);
		}
	}

	/**
	 * Ends a batch of reads: flushes the passed bytes and counts them.
	 */
	void readComplete(long now) {
		if (this.batch > 0) {
			this.target.outlet().flush();
			this.bytes += this.batch;
			this.traffic.batch(this.batch);
			this.tunnel.activity().relayed(now);
			this.batch = 0;
		}
		runStop();
	}

	/**
	 * Applies the rate after each read, because a whole batch may have a megabyte.
	 */
	private void limit(RateLimit limit, long newMessages, long newBytes) {
		long debt = limit.take(newMessages, newBytes);
		if (debt > 0 && limit.closes()) {
			this.tunnel.ending().breached(Breach.rate(this.source.direction()));
		}
		else if (debt > 0) {
			this.source.intake().pause(debt);
		}
	}

	/**
	 * Passes on held bytes, because the source sends nothing more.
	 */
	void end() {
		this.watch.end(this);
		readComplete(System.nanoTime());
	}

	@Override
	public boolean admits(FrameHeader header, long length) {
		if (this.discarding) {
			return true;
		}
		if (this.stop != null && mayStop()) {
			this.afterWithheld = this::runStop;
			return false;
		}
		Breach breach = this.rules.judge(header, length);
		if (breach == null) {
			count(header, length);
			return true;
		}
		this.afterWithheld = () -> {
			discard();
			this.tunnel.ending().breached(breach);
		};
		return false;
	}

	/**
	 * Counts a frame. A control frame is counted later, when it is complete.
	 */
	private void count(FrameHeader header, long length) {
		if (!header.isControl()) {
			this.traffic.frame(header.opcode());
			if (header.isFinal()) {
				this.messages++;
				this.traffic.message((length < 0) ? length : this.rules.messageBytes());
			}
		}
		else if (header.isBrokenControl()) {
			this.traffic.frame(header.opcode());
		}
	}

	@Override
	public boolean forwards(FrameHeader header, ByteBuf in, int payload) {
		if (header.opcode() == Opcode.CLOSE) {
			if (this.tunnel.ending().isClosing()) {
				this.afterWithheld = () -> this.tunnel.ending().closeAnswered(this.source);
				return false;
			}
			this.tunnel.ending().closeSent(this.source.direction(), FrameWatch.closeCode(header, in, payload));
		}
		else if (this.source.pulse().isAnswered(FrameWatch.pongPayload(header, in, payload), this::pongReceived)) {
			return false;
		}
		if (!this.discarding) {
			this.traffic.frame(header.opcode());
		}
		return true;
	}

	private void pongReceived(Duration roundTrip) {
		this.tunnel.listener().pongReceived(this.tunnel, this.source.direction(), roundTrip);
	}

	@Override
	public void withheld() {
		Runnable action = this.afterWithheld;
		this.afterWithheld = null;
		if (action != null) {
			action.run();
		}
	}

	/**
	 * Drops everything after a close frame, except in transparent mode. Nothing may
	 * follow a close frame (RFC 6455, section 5.5.1), and the close stays valid whatever
	 * follows.
	 */
	@Override
	public void closed() {
		this.closeSent = true;
		if (this.tunnel.terms().limits().mode() != FrameMode.TRANSPARENT) {
			discard();
		}
	}

	@Override
	public void pass(ByteBuf passing) {
		if (this.discarding) {
			passing.release();
		}
		else {
			this.batch += passing.readableBytes();
			this.target.write(passing);
		}
	}

	/**
	 * Runs an action where it interrupts no message: now, or when the message ends.
	 * @param action writes the last thing in this direction
	 */
	void stopAfterMessage(Runnable action) {
		this.stop = () -> {
			discard();
			action.run();
		};
		runStop();
	}

	/**
	 * Waits only for the end of a frame, no longer for the end of a message.
	 */
	void stopInsideMessage() {
		this.stopInsideMessage = true;
		runStop();
	}

	private void runStop() {
		Runnable action = this.stop;
		if (action != null && mayStop()) {
			this.stop = null;
			action.run();
		}
	}

	private boolean mayStop() {
		return this.discarding || this.watch.isClosed()
				|| (this.stopInsideMessage ? isBetweenFrames() : this.watch.isBetweenMessages());
	}

	/**
	 * Returns whether a frame of the gateway may follow the passed bytes.
	 */
	boolean isBetweenFrames() {
		return this.watch.isBetweenFrames();
	}

	/**
	 * Drops all further bytes.
	 */
	void discard() {
		this.discarding = true;
		this.source.intake().update();
	}

	boolean isDiscarding() {
		return this.discarding;
	}

	/**
	 * Returns whether the source's close frame has been passed on. No frame may follow
	 * it.
	 */
	boolean isCloseSent() {
		return this.closeSent;
	}

	/**
	 * Returns whether the source has sent its close frame or cannot send one any more.
	 */
	boolean isOver() {
		return this.watch.isClosed() || this.source.isInputEnded();
	}

	long bytes() {
		return this.bytes;
	}

	long messages() {
		return this.messages;
	}

}
