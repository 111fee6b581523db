package io.switchgate.tunnel;

import org.jspecify.annotations.Nullable;

/**
 * How fast one end may send.
 *
 * @param messages bucket of messages, or null for any number
 * @param bytes bucket of bytes, or null for any number
 * @param reaction what happens to an end that is faster
 */
record RateLimit(@Nullable TokenBucket messages, @Nullable TokenBucket bytes, RateReaction reaction) {

	static @Nullable RateLimit of(TunnelLimits limits) {
		TokenBucket messages = bucket(limits.messagesPerSecond());
		TokenBucket bytes = bucket(limits.bytesPerSecond().toBytes());
		return (messages != null || bytes != null) ? new RateLimit(messages, bytes, limits.rateReaction()) : null;
	}

	private static @Nullable TokenBucket bucket(long perSecond) {
		return (perSecond > 0) ? new TokenBucket(perSecond) : null;
	}

	/**
	 * Takes what was sent from the buckets.
	 * @return nanoseconds that the end must pause to be within its rate again, or 0
	 */
	long take(long newMessages, long newBytes) {
		return Math.max(take(this.messages, newMessages), take(this.bytes, newBytes));
	}

	private static long take(@Nullable TokenBucket bucket, long amount) {
		if (bucket == null) {
			return 0;
		}
		bucket.take(amount);
		return bucket.debtNanos();
	}

	boolean closes() {
		return this.reaction == RateReaction.CLOSE;
	}

}
