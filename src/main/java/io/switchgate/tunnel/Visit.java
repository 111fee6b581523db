package io.switchgate.tunnel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Asks tunnels of one event loop the same question, one tunnel at each step.
 *
 * @param tunnels tunnels that are still to be asked
 * @param question called on the event loop
 * @param answers answers so far
 * @param end completed with the answers; cancelled by who no longer wants them
 * @param <T> type of the answers
 */
record Visit<T>(Iterator<Tunnel> tunnels, Function<Tunnel, T> question, List<T> answers,
		CompletableFuture<List<T>> end) {

	static <T> Visit<T> of(Iterator<Tunnel> tunnels, Function<Tunnel, T> question, CompletableFuture<List<T>> end) {
		return new Visit<>(tunnels, question, new ArrayList<>(), end);
	}

	/**
	 * Asks the next tunnel, unless it has closed in the meantime.
	 * @param open says whether a tunnel is open
	 * @return whether there was another tunnel
	 */
	boolean step(Predicate<Tunnel> open) {
		if (this.end.isDone()) {
			return false;
		}
		if (!this.tunnels.hasNext()) {
			this.end.complete(this.answers);
			return false;
		}
		Tunnel tunnel = this.tunnels.next();
		if (open.test(tunnel)) {
			ask(tunnel);
		}
		return true;
	}

	private void ask(Tunnel tunnel) {
		try {
			this.answers.add(this.question.apply(tunnel));
		}
		catch (RuntimeException ex) {
			this.end.completeExceptionally(ex);
		}
	}

}
