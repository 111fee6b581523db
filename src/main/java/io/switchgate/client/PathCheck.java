package io.switchgate.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import io.switchgate.exchange.FilterOrder;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Refuses paths that predicates and upstreams could read differently, because the
 * upstream must get the path that the route was chosen for. Clients resolve dot segments
 * before they send a path (RFC 3986, section 5.2.4), so one in a request is an attack.
 */
final class PathCheck implements WebFilter, Ordered {

	/**
	 * An empty segment, a dot segment (with or without parameters), or an encoded
	 * separator, line end or NUL.
	 */
	private static final String AMBIGUOUS = "//|/;|/(?:\\.|%2e){1,2}(?=[/;]|$)|%(?:5c|00|0[ad])";

	private final Pattern ambiguous;

	PathCheck(boolean encodedSlashes) {
		this.ambiguous = Pattern.compile(AMBIGUOUS + (encodedSlashes ? "" : "|%2f"), Pattern.CASE_INSENSITIVE);
	}

	@Override
	public int getOrder() {
		return FilterOrder.PATH_CHECK.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Matcher found = this.ambiguous.matcher(exchange.getRequest().getURI().getRawPath());
		return found.find()
				? Mono.error(new ProblemException(ProblemCause.PATH_AMBIGUOUS,
						"Path with " + found.group()
								+ " (expected: no dot segments, empty segments or encoded separators)"))
				: chain.filter(exchange);
	}

	/**
	 * A constant, because Reactor calls this for each request.
	 */
	@Override
	public String toString() {
		return "PathCheck";
	}

}
