package io.switchgate.admin;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import io.switchgate.exchange.FilterOrder;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Keeps pages of other sites away from the endpoints. The endpoints have no login, and an
 * operator's browser can reach them even if the page's author cannot. A request that
 * changes something must come from the gateway's own page or from a client that is no
 * browser; browsers tell which in {@code Sec-Fetch-Site}, or else in {@code Origin}.
 */
final class ManagementGuard implements WebFilter, Ordered {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private static final String FETCH_SITE = "Sec-Fetch-Site";

	private final Predicate<ServerHttpRequest> guarded;

	private final ManagementHosts hosts;

	private final @Nullable CorsConfiguration cors;

	/**
	 * Creates a guard for endpoints.
	 * @param guarded tells whether a request is for an endpoint
	 * @param hosts names of the management port
	 * @param cors other origins that are let in, or null for none
	 */
	ManagementGuard(Predicate<ServerHttpRequest> guarded, ManagementHosts hosts, @Nullable CorsConfiguration cors) {
		this.guarded = guarded;
		this.hosts = hosts;
		this.cors = cors;
	}

	/**
	 * Runs before every filter that may answer.
	 */
	@Override
	public int getOrder() {
		return FilterOrder.MANAGEMENT_GUARD.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (!this.guarded.test(request)) {
			return chain.filter(exchange);
		}
		List<String> names = request.getHeaders().getOrEmpty(HttpHeaders.HOST);
		if (!names.stream().allMatch(this.hosts::allow)) {
			return Mono.error(new ProblemException(ProblemCause.HOST_NOT_ALLOWED, "Host: " + String.join(", ", names)
					+ " (expected: localhost, an address, a name without a dot, or one of switchgate.management.hosts)"));
		}
		if (!SAFE.contains(request.getMethod()) && isOfAnotherSite(request.getHeaders())) {
			return Mono.error(new ProblemException(ProblemCause.CROSS_SITE,
					request.getMethod() + " from a page of another origin (expected: of this one, or of "
							+ "management.endpoints.web.cors.allowed-origins)"));
		}
		return chain.filter(exchange);
	}

	private boolean isOfAnotherSite(HttpHeaders headers) {
		String site = headers.getFirst(FETCH_SITE);
		String origin = headers.getFirst(HttpHeaders.ORIGIN);
		if (origin != null && this.cors != null && this.cors.checkOrigin(origin) != null) {
			return false;
		}
		if (site != null) {
			return !site.equals("same-origin") && !site.equals("none");
		}
		return origin != null && !isOwn(origin, headers.getFirst(HttpHeaders.HOST));
	}

	private static boolean isOwn(String origin, @Nullable String host) {
		try {
			return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
