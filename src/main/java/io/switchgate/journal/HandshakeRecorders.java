package io.switchgate.journal;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.Channel;

/**
 * Creates a recorder for each handshake, and names the handshakes.
 */
public final class HandshakeRecorders {

	private final Redaction redaction;

	/**
	 * Prefix that tells the handshakes of this process from those of others in a shared
	 * log.
	 */
	private final String process = Integer.toHexString(ThreadLocalRandom.current().nextInt());

	private final AtomicLong count = new AtomicLong();

	HandshakeRecorders(Redaction redaction) {
		this.redaction = redaction;
	}

	/**
	 * Starts to record a handshake.
	 * @param address address of the client, as trusted hops tell it
	 * @param channel connection of the client
	 * @param line request line
	 */
	public HandshakeRecorder begin(String address, Channel channel, String line,
			Iterable<Map.Entry<String, String>> headers) {
		String id = this.process + "-" + Long.toHexString(this.count.incrementAndGet());
		HeaderBlock.Writer writer = new HeaderBlock.Writer();
		Subprotocols subprotocols = new Subprotocols();
		return new HandshakeRecorder(id, this.redaction, writer, subprotocols, new HandshakeRecord.Side(address,
				ConnectionFacts.of(channel), this.redaction.block(line, headers, writer, subprotocols), null));
	}

}
