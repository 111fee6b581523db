package io.switchgate.admin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.CloseOrder;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelRegistry;
import io.switchgate.tunnel.TunnelSnapshot;

/**
 * Shows open tunnels, and closes them where that is allowed.
 */
@WebEndpoint(id = "tunnels", defaultAccess = Access.READ_ONLY)
class TunnelsEndpoint {

	private static final int SIZE = 100;

	private static final int LARGEST_SIZE = 1000;

	private static final int LAST_PAGE = 1_000_000;

	private static final String REASON = "Closed by an operator";

	private final TunnelRegistry registry;

	private final Duration grace;

	TunnelsEndpoint(TunnelRegistry registry, Duration grace) {
		this.registry = registry;
		this.grace = grace;
	}

	/**
	 * Shows a page of tunnels.
	 * @param route route id
	 * @param upstream scheme, host and port of the upstream
	 * @param client address of the client
	 * @param minAge least time since the switch
	 * @param minIdle least time since the last byte
	 * @param page number of the page, from 0
	 * @param size tunnels of a page
	 * @return tunnels that fit all that is given
	 */
	@ReadOperation
	Mono<TunnelPage> tunnels(@Nullable String route, @Nullable String upstream, @Nullable String client,
			@Nullable String minAge, @Nullable String minIdle, @Nullable String page, @Nullable String size) {
		TunnelFilter filter = TunnelFilter.of(route, upstream, client, minAge, minIdle);
		int number = Parameters.number("page", page, 0, 0, LAST_PAGE);
		int length = Parameters.number("size", size, SIZE, 1, LARGEST_SIZE);
		return this.registry.ask(Tunnel::snapshot)
			.map((tunnels) -> TunnelPage.of(tunnels.stream().filter(filter::matches).toList(), number, length));
	}

	/**
	 * Shows one tunnel.
	 * @param id its name
	 * @return tunnel
	 */
	@ReadOperation
	Mono<TunnelDescriptor> tunnel(@Selector String id) {
		return this.registry
			.ask((tunnel) -> tunnel.id().equals(id) ? Optional.of(tunnel.snapshot()) : Optional.<TunnelSnapshot>empty())
			.map((found) -> found.stream().flatMap(Optional::stream).findFirst())
			.map((found) -> found.map(TunnelDescriptor::of).orElseThrow(() -> unknown(id)));
	}

	/**
	 * Closes one tunnel.
	 * @param id its name
	 * @param code close code
	 * @param reason close reason
	 * @return how many tunnels are told to close
	 */
	@DeleteOperation
	Mono<WebEndpointResponse<Closing>> close(@Selector String id, @Nullable String code, @Nullable String reason) {
		CloseOrder order = order(code, reason);
		return this.registry.ask((tunnel) -> tunnel.id().equals(id) && close(tunnel, order)).map((told) -> {
			if (!told.contains(true)) {
				throw unknown(id);
			}
			return closing(told);
		});
	}

	/**
	 * Closes tunnels that fit all that is given.
	 * @param route route id
	 * @param upstream scheme, host and port of the upstream
	 * @param client address of the client
	 * @param minAge least time since the switch
	 * @param minIdle least time since the last byte
	 * @param all whether all tunnels are meant if nothing else is given
	 * @param code close code
	 * @param reason close reason
	 * @return how many tunnels are told to close
	 */
	@DeleteOperation
	Mono<WebEndpointResponse<Closing>> closeAll(@Nullable String route, @Nullable String upstream,
			@Nullable String client, @Nullable String minAge, @Nullable String minIdle, @Nullable String all,
			@Nullable String code, @Nullable String reason) {
		TunnelFilter filter = TunnelFilter.of(route, upstream, client, minAge, minIdle);
		if (filter.isEmpty() && !"true".equals(all)) {
			throw Parameters.invalid("filter", null, "route, upstream, client, minAge, minIdle or all=true");
		}
		CloseOrder order = order(code, reason);
		return this.registry.ask((tunnel) -> filter.matches(tunnel.snapshot()) && close(tunnel, order))
			.map(TunnelsEndpoint::closing);
	}

	private CloseOrder order(@Nullable String code, @Nullable String reason) {
		return new CloseFrame(code, reason).order(CloseCause.GATEWAY_OPERATOR, this.grace, CloseOrder.GOING_AWAY,
				REASON);
	}

	private static boolean close(Tunnel tunnel, CloseOrder order) {
		boolean open = tunnel.cause() == null;
		tunnel.close(order);
		return open;
	}

	private static WebEndpointResponse<Closing> closing(List<Boolean> told) {
		return new WebEndpointResponse<>(new Closing((int) told.stream().filter(Boolean::booleanValue).count()),
				HttpStatus.ACCEPTED.value());
	}

	private static ResponseStatusException unknown(String id) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND, "tunnel: " + id + " (expected: an open one)");
	}

	/**
	 * How many tunnels are told to close.
	 *
	 * @param closing count
	 */
	record Closing(int closing) {

	}

}
