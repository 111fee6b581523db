package io.switchgate.handshake;

import java.util.HashMap;
import java.util.Map;

/**
 * Places for handshakes under way on a route. One address may hold three times as many
 * places as are free, so that others always find room.
 */
final class HandshakeRoom {

	private static final int PLACES_FOR_EACH_FREE_ONE = 3;

	private final Map<Object, Integer> byNetwork = new HashMap<>();

	private int free;

	HandshakeRoom(int places) {
		this.free = places;
	}

	synchronized boolean enter(Object network) {
		int own = this.byNetwork.getOrDefault(network, 0);
		if (own >= (long) PLACES_FOR_EACH_FREE_ONE * this.free) {
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
