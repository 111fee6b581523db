package io.switchgate.admin;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

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
import reactor.core.scheduler.Scheduler;

import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.CloseOrder;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelRegistry;
import io.switchgate.tunnel.TunnelSnapshot;

/**
 * Shows open tunnels, and closes them if the operator has allowed that. Only the state of
 * the tunnels on one page is read on event loops; everything else runs elsewhere.
 */
@WebEndpoint(id = "tunnels", defaultAccess = Access.READ_ONLY)
class TunnelsEndpoint {

	private static final int SIZE = 100;

	private static final int LARGEST_SIZE = 1000;

	private static final int LAST_PAGE = 1_000_000;

	private static final String REASON = "Closed by an operator";

	private final TunnelRegistry registry;

	private final Duration grace;

	private final Scheduler operators;

	TunnelsEndpoint(TunnelRegistry registry, Duration grace, Scheduler operators) {
		this.registry = registry;
		this.grace = grace;
		this.operators = operators;
	}

	/**
	 * Shows a page of tunnels.
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
		return chosen(filter::matches).map((tunnels) -> TunnelChoice.of(tunnels, number, length))
			.flatMap((choice) -> snapshots(choice.page())
				.map((tunnels) -> TunnelPage.of(choice, number, length, tunnels)));
	}

	/**
	 * Shows one tunnel.
	 */
	@ReadOperation
	Mono<TunnelDescriptor> tunnel(@Selector String id) {
		return chosen((tunnel) -> tunnel.id().equals(id)).flatMap(this::snapshots)
			.map((found) -> found.stream().findFirst().map(TunnelDescriptor::of).orElseThrow(() -> unknown(id)));
	}

	/**
	 * Closes one tunnel.
	 * @return how many tunnels are told to close
	 */
	@DeleteOperation
	Mono<WebEndpointResponse<Closing>> close(@Selector String id, @Nullable String code, @Nullable String reason) {
		CloseOrder order = order(code, reason);
		return close((tunnel) -> tunnel.id().equals(id), order).map((told) -> {
			if (!told.contains(true)) {
				throw unknown(id);
			}
			return closing(told);
		});
	}

	/**
	 * Closes tunnels that fit all that is given.
	 * @param upstream scheme, host and port of the upstream
	 * @param client address of the client
	 * @param minAge least time since the switch
	 * @param minIdle least time since the last byte
	 * @param all whether all tunnels are meant if nothing else is given
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
		return close(filter::matches, order).map(TunnelsEndpoint::closing);
	}

	private Mono<List<Tunnel>> chosen(Predicate<Tunnel> filter) {
		return Mono.fromCallable(() -> this.registry.tunnels().filter(filter).toList()).subscribeOn(this.operators);
	}

	private Mono<List<TunnelSnapshot>> snapshots(List<Tunnel> tunnels) {
		return this.registry.ask(tunnels, Tunnel::snapshot).publishOn(this.operators);
	}

	private Mono<List<Boolean>> close(Predicate<Tunnel> filter, CloseOrder order) {
		return chosen(filter)
			.flatMap((tunnels) -> this.registry.ask(tunnels, (tunnel) -> filter.test(tunnel) && close(tunnel, order)))
			.publishOn(this.operators);
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
