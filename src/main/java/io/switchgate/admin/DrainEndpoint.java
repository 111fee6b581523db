package io.switchgate.admin;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.switchgate.drain.DrainProperties;
import io.switchgate.drain.DrainRequest;
import io.switchgate.drain.DrainScope;
import io.switchgate.drain.DrainStatus;
import io.switchgate.drain.Drains;
import io.switchgate.setting.InvalidSettingException;

/**
 * Shows drains, and starts and cancels them where that is allowed.
 */
@WebEndpoint(id = "drain", defaultAccess = Access.READ_ONLY)
class DrainEndpoint {

	private final Drains drains;

	private final DrainProperties properties;

	private final RouteLocator routes;

	private final Scheduler operators;

	DrainEndpoint(Drains drains, DrainProperties properties, RouteLocator routes, Scheduler operators) {
		this.drains = drains;
		this.properties = properties;
		this.routes = routes;
		this.operators = operators;
	}

	/**
	 * Shows the current drains and a few that have ended.
	 */
	@ReadOperation
	Mono<Report> drains() {
		return Mono.fromCallable(() -> new Report(this.drains.status().stream().map(DrainDescriptor::of).toList()))
			.subscribeOn(this.operators);
	}

	/**
	 * Starts to drain a route or an upstream.
	 * @param upstream scheme, host and port of the upstream
	 * @param time time over which the closes are spread
	 * @param grace time that a message under way may take to end
	 * @return drain as it begins
	 */
	@WriteOperation
	Mono<WebEndpointResponse<DrainDescriptor>> start(@Nullable String route, @Nullable String upstream,
			@Nullable String time, @Nullable String grace, @Nullable String code, @Nullable String reason) {
		DrainScope scope = scope(route, upstream);
		DrainRequest request = request(scope, time, Parameters.duration("grace", grace, this.properties.grace()),
				new CloseFrame(code, reason));
		return known(scope).publishOn(this.operators).map((known) -> {
			if (!known) {
				throw new ResponseStatusException(HttpStatus.NOT_FOUND,
						"route: " + route + " (expected: one there is)");
			}
			return new WebEndpointResponse<>(DrainDescriptor.of(start(request)), HttpStatus.ACCEPTED.value());
		});
	}

	private DrainRequest request(DrainScope scope, @Nullable String time, Duration grace, CloseFrame frame) {
		DrainRequest usual = this.properties.request(scope);
		try {
			return new DrainRequest(scope, Parameters.duration("time", time, usual.time()),
					frame.order(usual.order().cause(), grace, usual.order().code(), usual.order().reason()));
		}
		catch (InvalidSettingException ex) {
			throw Parameters.invalid(ex.name(), ex.value(), ex.expected());
		}
	}

	private Mono<Boolean> known(DrainScope scope) {
		String route = scope.route();
		return (route != null) ? this.routes.getRoutes().any((candidate) -> candidate.getId().equals(route))
				: Mono.just(true);
	}

	private DrainStatus start(DrainRequest request) {
		try {
			this.drains.start(request);
		}
		catch (IllegalStateException ex) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, ex.getMessage(), ex);
		}
		return this.drains.status(request.scope()).orElseThrow();
	}

	/**
	 * Cancels the drain of a route or an upstream.
	 * @param upstream scheme, host and port of the upstream
	 */
	@DeleteOperation
	Mono<WebEndpointResponse<Void>> cancel(@Nullable String route, @Nullable String upstream) {
		DrainScope scope = scope(route, upstream);
		return Mono.fromCallable(() -> {
			if (!this.drains.cancel(scope)) {
				throw new ResponseStatusException(HttpStatus.NOT_FOUND,
						"drain: " + scope + " (expected: one there is)");
			}
			return new WebEndpointResponse<Void>(HttpStatus.NO_CONTENT.value());
		}).subscribeOn(this.operators);
	}

	private static DrainScope scope(@Nullable String route, @Nullable String upstream) {
		if (route != null && upstream == null) {
			return DrainScope.ofRoute(route);
		}
		if (upstream != null && route == null) {
			if (!upstream.matches("[a-z]+://[^/@]+")) {
				throw Parameters.invalid("upstream", upstream,
						"scheme, host and port as tunnels have them, as in http://localhost:8000");
			}
			return DrainScope.ofUpstream(upstream);
		}
		throw Parameters.invalid("scope", (route != null) ? "route and upstream" : null, "route or upstream");
	}

	/**
	 * The current drains and a few that have ended.
	 *
	 * @param drains their states
	 */
	record Report(List<DrainDescriptor> drains) {

	}

}
