package io.switchgate.journal;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.Channel;

/**
 * Begins traces of handshakes.
 */
public final class Traces {

	private final Redaction redaction;

	/**
	 * Tells the handshakes of this process from those of others in one log.
	 */
	private final String process = Integer.toHexString(ThreadLocalRandom.current().nextInt());

	private final AtomicLong count = new AtomicLong();

	Traces(Redaction redaction) {
		this.redaction = redaction;
	}

	/**
	 * Begins a trace.
	 * @param address address of the client, as trusted hops tell it
	 * @param channel connection of the client
	 * @param line request line
	 * @param headers headers of the request
	 * @return trace
	 */
	public HandshakeTrace begin(String address, Channel channel, String line,
			Iterable<Map.Entry<String, String>> headers) {
		String id = this.process + "-" + Long.toHexString(this.count.incrementAndGet());
		HeaderBlock.Writer writer = new HeaderBlock.Writer();
		Subprotocols subprotocols = new Subprotocols();
		return new HandshakeTrace(id, this.redaction, writer, subprotocols, new HandshakeRecord.Side(address,
				ConnectionFacts.of(channel), this.redaction.block(line, headers, writer, subprotocols), null));
	}

}
