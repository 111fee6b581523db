package io.switchgate.admin;

import java.util.List;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.switchgate.doctor.CloseCluster;
import io.switchgate.doctor.Closes;
import io.switchgate.doctor.RouteCloses;

/**
 * Shows how the last tunnels ended, and which timers that points to.
 */
@WebEndpoint(id = "closes", defaultAccess = Access.READ_ONLY)
class ClosesEndpoint {

	private final Closes closes;

	private final Scheduler operators;

	ClosesEndpoint(Closes closes, Scheduler operators) {
		this.closes = closes;
		this.operators = operators;
	}

	/**
	 * Shows how the tunnels of each route ended.
	 * @return routes, the one with the most ends first
	 */
	@ReadOperation
	Mono<Report> closes() {
		return Mono.fromCallable(() -> Report.of(this.closes.routes())).subscribeOn(this.operators);
	}

	/**
	 * Ends of the last tunnels.
	 *
	 * @param timers sentences about timers that show in them
	 * @param routes ends of each route
	 */
	record Report(List<String> timers, List<RouteCloses> routes) {

		static Report of(List<RouteCloses> routes) {
			return new Report(
					routes.stream().flatMap((route) -> route.clusters().stream()).map(CloseCluster::sentence).toList(),
					routes);
		}

	}

}
