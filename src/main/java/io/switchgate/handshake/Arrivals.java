package io.switchgate.handshake;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;

/**
 * Lets handshakes begin as their event loops can bear. They wait before the search for
 * their route, which is a good part of what they cost.
 */
final class Arrivals {

	private final Duration longestWait;

	/**
	 * Has at most as many entries as there are event loops.
	 */
	private final Map<EventLoop, LoopAdmission> loops = new ConcurrentHashMap<>();

	Arrivals(Duration longestWait) {
		this.longestWait = longestWait;
	}

	/**
	 * Admits a handshake. Call it on the event loop of the client.
	 * @param inside what follows for it; if it has waited in vain, this answers with the
	 * refusal that the handshake then has
	 */
	Mono<Void> admit(Handshake handshake, Mono<Void> inside) {
		EventLoop loop = handshake.client().eventLoop();
		LoopAdmission admission = this.loops.get(loop);
		if (admission == null) {
			admission = this.loops.computeIfAbsent(loop, LoopAdmission::new);
		}
		return admission.admit(handshake.network(), this.longestWait, handshake::refuse, inside);
	}

}
