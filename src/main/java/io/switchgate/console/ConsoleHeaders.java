package io.switchgate.console;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Tells browsers what the console may do: load its own files and connect to its own port,
 * nothing else. Browsers must not store it.
 */
final class ConsoleHeaders implements WebFilter {

	private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'";

	private final String path;

	/**
	 * Creates a filter for the console's path.
	 */
	ConsoleHeaders(String path) {
		this.path = path;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String requested = exchange.getRequest().getPath().pathWithinApplication().value();
		if (requested.equals(this.path) || requested.startsWith(this.path + "/")) {
			HttpHeaders headers = exchange.getResponse().getHeaders();
			headers.set("Content-Security-Policy", POLICY);
			headers.set("X-Content-Type-Options", "nosniff");
			headers.set("Referrer-Policy", "no-referrer");
			headers.set("Cache-Control", "no-store");
		}
		return chain.filter(exchange);
	}

}
