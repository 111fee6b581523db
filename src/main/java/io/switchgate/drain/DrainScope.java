package io.switchgate.drain;

import org.jspecify.annotations.Nullable;

import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.TunnelTerms;

/**
 * Which tunnels a drain closes, and which handshakes are refused because of it.
 *
 * @param route id of their route, or null for all routes
 * @param upstream scheme, host and port of their upstream, as in
 * {@link TunnelTerms#upstream()}, or null for all upstreams
 * @param before generation of the route whose tunnels stay, or {@link #NO_GENERATION}
 */
public record DrainScope(@Nullable String route, @Nullable String upstream, int before) {

	/**
	 * Greater than every generation.
	 */
	public static final int NO_GENERATION = Integer.MAX_VALUE;

	/**
	 * Returns the scope of a process that stops: every tunnel.
	 */
	public static DrainScope all() {
		return new DrainScope(null, null, NO_GENERATION);
	}

	/**
	 * Returns the scope of a route.
	 */
	public static DrainScope ofRoute(String id) {
		return new DrainScope(id, null, NO_GENERATION);
	}

	/**
	 * Returns the scope of an upstream.
	 * @param address scheme, host and port
	 * @return tunnels to it, whatever their routes
	 */
	public static DrainScope ofUpstream(String address) {
		return new DrainScope(null, address, NO_GENERATION);
	}

	/**
	 * Returns the scope of a route that was changed or removed. A route that still exists
	 * accepts new handshakes.
	 * @param before generation of the route whose tunnels stay
	 * @return tunnels of older generations
	 */
	public static DrainScope ofFormerRoute(String id, int before) {
		return new DrainScope(id, null, before);
	}

	boolean covers(TunnelTerms terms) {
		return isOf(terms.route(), terms.upstream()) && terms.generation() < this.before;
	}

	boolean refuses(String route, String upstream) {
		return isRefusing() && isOf(route, upstream);
	}

	/**
	 * Returns whether handshakes in this scope are refused.
	 */
	boolean isRefusing() {
		return this.before == NO_GENERATION;
	}

	/**
	 * Returns whether an operator has asked for this drain, and not a stop or a reload.
	 */
	boolean isOfOperator() {
		return isRefusing() && (this.route != null || this.upstream != null);
	}

	private boolean isOf(String route, String upstream) {
		return (this.route == null || this.route.equals(route))
				&& (this.upstream == null || this.upstream.equals(upstream));
	}

	CloseCause cause() {
		return isRefusing() ? CloseCause.GATEWAY_DRAIN : CloseCause.GATEWAY_ROUTE;
	}

	@Override
	public String toString() {
		if (this.route != null) {
			return "route " + this.route + (isRefusing() ? "" : " before generation " + this.before);
		}
		return (this.upstream != null) ? "upstream " + this.upstream : "all routes";
	}

}
