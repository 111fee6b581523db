package io.switchgate.console;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/**
 * Serves the console: a page, its files, and the events that it listens to.
 */
@WebEndpoint(id = "console", defaultAccess = Access.READ_ONLY)
class ConsoleEndpoint {

	private static final String EVENTS = "events";

	private final Feed feed;

	ConsoleEndpoint(Feed feed) {
		this.feed = feed;
	}

	/**
	 * Shows the page.
	 */
	@ReadOperation(produces = MediaType.TEXT_HTML_VALUE)
	Mono<WebEndpointResponse<?>> page() {
		return Mono.just(file(ConsoleFile.PAGE));
	}

	/**
	 * Returns a part of the console.
	 * @param name name of a file, or {@code events}
	 * @return file, or a summary every second
	 */
	@ReadOperation(produces = { "text/javascript", "text/css", "image/svg+xml", MediaType.TEXT_EVENT_STREAM_VALUE })
	Mono<WebEndpointResponse<?>> part(@Selector String name) {
		if (EVENTS.equals(name)) {
			return Mono.fromCallable(this::events);
		}
		return Mono.justOrEmpty(ConsoleFile.part(name).map(ConsoleEndpoint::file));
	}

	private WebEndpointResponse<?> events() {
		if (!this.feed.isOpen()) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"listeners: " + Feed.MOST_LISTENERS + " (expected: fewer)");
		}
		return new WebEndpointResponse<>(this.feed.listen(), MediaType.TEXT_EVENT_STREAM);
	}

	private static WebEndpointResponse<?> file(ConsoleFile file) {
		return new WebEndpointResponse<>(file.content(), file.type());
	}

}
