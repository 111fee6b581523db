package io.switchgate.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;

/**
 * Keeps the last handshakes. Successes are dropped before failures, until they take only
 * a quarter of the room.
 */
public final class Journal implements HandshakeListener, TunnelListener {

	private static final int SUCCESSES = 4;

	private final int room;

	private final Map<String, HandshakeRecord> successes = new LinkedHashMap<>();

	private final Map<String, HandshakeRecord> failures = new LinkedHashMap<>();

	Journal(int room) {
		this.room = room;
	}

	@Override
	public synchronized void finished(HandshakeRecord handshake) {
		if (this.room == 0) {
			return;
		}
		(handshake.isFailure() ? this.failures : this.successes).put(handshake.id(), handshake);
		if (this.successes.size() + this.failures.size() > this.room) {
			boolean few = this.successes.size() <= this.room / SUCCESSES;
			Iterator<String> oldest = (few ? this.failures : this.successes).keySet().iterator();
			oldest.next();
			oldest.remove();
		}
	}

	@Override
	public void ending(Tunnel tunnel) {
		end(tunnel);
	}

	/**
	 * Records the end again, because some tunnels begin to end before their handshake is
	 * over.
	 */
	@Override
	public void closed(Tunnel tunnel) {
		end(tunnel);
	}

	private synchronized void end(Tunnel tunnel) {
		HandshakeRecord handshake = this.successes.get(tunnel.id());
		if (handshake != null && handshake.ending() == null) {
			this.successes.remove(tunnel.id());
			finished(handshake.ended(new HandshakeRecord.Ending(Objects.requireNonNull(tunnel.cause()),
					tunnel.closeCode(), tunnel.age())));
		}
	}

	/**
	 * Returns a handshake.
	 * @return handshake, or null if it is not kept
	 */
	public synchronized @Nullable HandshakeRecord get(String id) {
		HandshakeRecord failure = this.failures.get(id);
		return (failure != null) ? failure : this.successes.get(id);
	}

	/**
	 * Returns all handshakes.
	 * @return handshakes, the newest first
	 */
	public List<HandshakeRecord> all() {
		List<HandshakeRecord> all = new ArrayList<>();
		synchronized (this) {
			all.addAll(this.failures.values());
			all.addAll(this.successes.values());
		}
		all.sort(Comparator.comparing(HandshakeRecord::begun).reversed());
		return all;
	}

}
