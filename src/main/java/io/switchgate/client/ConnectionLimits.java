package io.switchgate.client;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Counts connections of clients, in all and by address.
 */
final class ConnectionLimits {

	private final IntSupplier max;

	private final int maxPerAddress;

	private final int maxRefused;

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	/**
	 * Has at most as many entries as there are connections.
	 */
	private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

	ConnectionLimits(IntSupplier max, int maxPerAddress, int maxRefused) {
		this.max = max;
		this.maxPerAddress = maxPerAddress;
		this.maxRefused = maxRefused;
	}

	/**
	 * Counts a connection until it is closed.
	 * @return why there is no room for it, or null
	 */
	@Nullable ProblemException enter(Channel channel) {
		int most = this.max.getAsInt();
		if (this.open.incrementAndGet() > most) {
			this.open.decrementAndGet();
			return new ProblemException(ProblemCause.TOO_MANY_CONNECTIONS,
					"More than " + most + " connections (expected: at most that many)");
		}
		channel.closeFuture().addListener((closed) -> this.open.decrementAndGet());
		return null;
	}

	/**
	 * Counts a connection of an address until it is closed.
	 * @return why there is no room for it, or null
	 */
	@Nullable ProblemException enter(Channel channel, InetAddress address) {
		if (this.maxPerAddress == 0) {
			return null;
		}
		if (this.byAddress.merge(address, 1, Integer::sum) > this.maxPerAddress) {
			leave(address);
			return new ProblemException(ProblemCause.TOO_MANY_CONNECTIONS_OF_CLIENT, "More than " + this.maxPerAddress
					+ " connections from " + address.getHostAddress() + " (expected: at most that many)");
		}
		channel.closeFuture().addListener((closed) -> leave(address));
		return null;
	}

	/**
	 * Counts a connection that there is no room for until it is closed.
	 * @return whether there is room to answer it
	 */
	boolean refuse(Channel channel) {
		if (this.refused.incrementAndGet() > this.maxRefused) {
			this.refused.decrementAndGet();
			return false;
		}
		channel.closeFuture().addListener((closed) -> this.refused.decrementAndGet());
		return true;
	}

	private void leave(InetAddress address) {
		this.byAddress.computeIfPresent(address, (key, count) -> (count == 1) ? null : count - 1);
	}

}
