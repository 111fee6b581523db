package io.switchgate.probe;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HandshakeRecord;

/**
 * What was exchanged through a tunnel.
 *
 * @param pong how long the pong took, or null if there was none
 * @param greetings messages that came before the probe sent its own
 * @param reply message that came after it, or null if there was none
 * @param ending how the server ended the tunnel, or null if it was the probe
 * @param reason what the server said with that, or what was wrong; empty if nothing
 * @param closed what the server answered to the probe's close frame, or null if it ended
 * the tunnel before
 * @param asked whether a message had to come back
 * @param waited how long a message was waited for
 */
record Talk(@Nullable Duration pong, int greetings, @Nullable String reply, HandshakeRecord.@Nullable Ending ending,
		String reason, @Nullable String closed, boolean asked, Duration waited) {

	private static final int NORMAL = 1000;

	/**
	 * Returns whether the tunnel works: a reply arrived if one was required, otherwise
	 * anything arrived, and the tunnel did not end early.
	 */
	boolean isGood() {
		boolean silent = this.pong == null && this.reply == null && this.greetings == 0;
		return !isEarly() && !silent && (this.reply != null || !this.asked);
	}

	/**
	 * Returns whether the server ended the tunnel before its reply or with another code
	 * than 1000.
	 */
	boolean isEarly() {
		return this.ending != null && (this.ending.code() != NORMAL || this.reply == null);
	}

}
