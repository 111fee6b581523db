package io.switchgate.handshake;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.AbstractHandlerMethodMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.adapter.HttpWebHandlerAdapter;
import org.springframework.web.server.handler.DefaultWebFilterChain;
import org.springframework.web.server.handler.ExceptionHandlingWebHandler;
import org.springframework.web.server.handler.FilteringWebHandler;
import reactor.core.publisher.Mono;

/**
 * The short way of a handshake to its route. It has the web filters, the routes and the
 * error handlers of all requests, but neither the search for a controller nor an
 * observation: a gateway that has just started would have to load and compile both.
 */
final class HandshakePath {

	private final HttpWebHandlerAdapter adapter;

	private final List<WebExceptionHandler> errorHandlers;

	private final WebFilterChain filters;

	private HandshakePath(HttpWebHandlerAdapter adapter, ExceptionHandlingWebHandler errors, WebHandler end,
			List<WebFilter> filters) {
		this.adapter = adapter;
		this.errorHandlers = errors.getExceptionHandlers();
		this.filters = new DefaultWebFilterChain(end, filters);
	}

	/**
	 * Returns the short way, or null if there is only the way of all requests, because
	 * the application has put something on it that may concern handshakes: a handler
	 * around it, a controller that comes before the routes, a transformer of forwarded
	 * headers.
	 * @param handler handler of all requests
	 */
	static @Nullable HandshakePath toRoutes(HttpHandler handler) {
		if (handler instanceof HttpWebHandlerAdapter adapter && adapter.getForwardedHeaderTransformer() == null
				&& adapter.getDelegate() instanceof ExceptionHandlingWebHandler errors
				&& errors.getDelegate() instanceof FilteringWebHandler filtering
				&& filtering.getDelegate() instanceof DispatcherHandler dispatcher) {
			RoutePredicateHandlerMapping routes = routes(dispatcher);
			if (routes != null) {
				return new HandshakePath(adapter, errors, (exchange) -> dispatch(routes, exchange),
						filtering.getFilters());
			}
		}
		return null;
	}

	/**
	 * Returns a way with the same error handlers to another handler, through the
	 * gateway's own filters, or null if there is a handler around that of all requests.
	 */
	static @Nullable HandshakePath to(WebHandler end, HttpHandler handler) {
		if (handler instanceof HttpWebHandlerAdapter adapter
				&& adapter.getDelegate() instanceof ExceptionHandlingWebHandler errors
				&& errors.getDelegate() instanceof FilteringWebHandler filtering) {
			return new HandshakePath(adapter, errors, end,
					filtering.getFilters().stream().filter(HandshakePath::isOwn).toList());
		}
		return null;
	}

	private static boolean isOwn(WebFilter filter) {
		return filter.getClass().getName().startsWith("io.switchgate.");
	}

	/**
	 * Returns the routes, unless a controller may come before them.
	 */
	private static @Nullable RoutePredicateHandlerMapping routes(DispatcherHandler dispatcher) {
		List<HandlerMapping> mappings = Objects.requireNonNullElse(dispatcher.getHandlerMappings(), List.of());
		for (HandlerMapping mapping : mappings) {
			if (mapping instanceof RoutePredicateHandlerMapping routes) {
				return routes;
			}
			if (!isEmpty(mapping)) {
				return null;
			}
		}
		return null;
	}

	private static boolean isEmpty(HandlerMapping mapping) {
		return (mapping instanceof AbstractHandlerMethodMapping<?> methods && methods.getHandlerMethods().isEmpty())
				|| (mapping instanceof RouterFunctionMapping functions && functions.getRouterFunction() == null)
				|| (mapping instanceof AbstractUrlHandlerMapping urls && urls.getHandlerMap().isEmpty());
	}

	/**
	 * Does what {@link DispatcherHandler} does with the routes, CORS included.
	 */
	private static Mono<Void> dispatch(RoutePredicateHandlerMapping routes, ServerWebExchange exchange) {
		return routes.getHandler(exchange)
			.switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)))
			.flatMap((handler) -> ((WebHandler) handler).handle(exchange));
	}

	/**
	 * Carries a handshake. An exchange is made when it begins, so that one which waits
	 * takes little memory.
	 */
	Mono<Void> carry(Handshake handshake, ServerHttpRequest request, ServerHttpResponse response) {
		return Mono.defer(() -> {
			ServerWebExchange exchange = new DefaultServerWebExchange(request, response,
					this.adapter.getSessionManager(), this.adapter.getCodecConfigurer(),
					this.adapter.getLocaleContextResolver(), this.adapter.getApplicationContext());
			handshake.attach(exchange);
			return filter(exchange).onErrorResume((error) -> answer(exchange, error))
				.then(Mono.defer(response::setComplete));
		});
	}

	private Mono<Void> filter(ServerWebExchange exchange) {
		try {
			return this.filters.filter(exchange);
		}
		catch (RuntimeException ex) {
			return Mono.error(ex);
		}
	}

	private Mono<Void> answer(ServerWebExchange exchange, Throwable error) {
		Mono<Void> answer = Mono.error(error);
		for (WebExceptionHandler handler : this.errorHandlers) {
			answer = answer.onErrorResume((unanswered) -> handler.handle(exchange, unanswered));
		}
		return answer;
	}

}
