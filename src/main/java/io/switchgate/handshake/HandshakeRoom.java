package io.switchgate.handshake;

import java.util.HashMap;
import java.util.Map;

/**
 * Room for handshakes in progress on a route. A network is admitted while it has fewer
 * than three times as many handshakes as there are free places, so that others always
 * find some.
 */
final class HandshakeRoom {

	private static final int OWN_FOR_EACH_FREE = 3;

	private final Map<Object, Integer> byNetwork = new HashMap<>();

	private int free;

	HandshakeRoom(int capacity) {
		this.free = capacity;
	}

	synchronized boolean enter(Object network) {
		int own = this.byNetwork.getOrDefault(network, 0);
		if (own >= (long) OWN_FOR_EACH_FREE * this.free) {
			return false;
		}
		this.free--;
		this.byNetwork.put(network, own + 1);
		return true;
	}

	synchronized void leave(Object network) {
		this.free++;
		this.byNetwork.computeIfPresent(network, (key, own) -> (own == 1) ? null : own - 1);
	}

}
