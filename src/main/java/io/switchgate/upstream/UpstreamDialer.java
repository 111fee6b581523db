package io.switchgate.upstream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;
import reactor.util.retry.Retry;

import io.switchgate.problem.ProblemException;
import io.switchgate.transport.OpenFiles;
import io.switchgate.tunnel.UpstreamConnection;

/**
 * Dials an upstream on the client's event loop, sends the upgrade request and waits for
 * the answer.
 */
public final class UpstreamDialer implements AutoCloseable {

	private static final Retry ONCE_MORE = Retry.max(1)
		.filter(UpstreamStream.UnprocessedException.class::isInstance)
		.onRetryExhaustedThrow((retry, signal) -> signal.failure());

	private final HttpClient client;

	private final Supplier<HttpClient> streams;

	private final OpenFiles files;

	private final Map<EventLoop, LoopClient> clients = new ConcurrentHashMap<>();

	private final Map<EventLoop, LoopClient> streamClients = new ConcurrentHashMap<>();

	/**
	 * Creates a dialer.
	 * @param client client for HTTP/1.1, which opens a connection for each tunnel
	 * @param streams creates the HTTP/2 client when the first upstream needs it
	 * @param files counts connections
	 */
	UpstreamDialer(HttpClient client, Supplier<HttpClient> streams, OpenFiles files) {
		this.client = client;
		this.streams = SingletonSupplier.of(streams);
		this.files = files;
	}

	/**
	 * Sends an upgrade request. <pre>
	 * GET /ws HTTP/1.1
	 * Host: localhost:8000
	 * Upgrade: websocket
	 * Connection: Upgrade
	 * Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
	 * Sec-WebSocket-Version: 13
	 * </pre>
	 * @param check refuses a 101 that does not answer the client's handshake
	 * @return the answer, or an error if the 101 is refused
	 */
	public Mono<UpstreamAnswer> send(UpstreamRequest request, Consumer<HttpHeaders> check) {
		AtomicBoolean over = new AtomicBoolean();
		LoopClient loop = loopClient(request);
		return client(loop, request).request(HttpMethod.GET).uri(request.url().toString()).send((sent, outbound) -> {
			sent.requestHeaders().set(request.headers());
			dropInvented(sent, request.headers());
			outbound.withConnection((connection) -> speak(connection, request, over.get()));
			return outbound;
		})
			.responseConnection((response, connection) -> Mono.fromCallable(() -> receive(response, connection, check)))
			.next()
			.retryWhen(ONCE_MORE)
			.doOnCancel(() -> over.set(true))
			// Create the error here, because the operator would compute a name for its
			// own error each time.
			.timeout(Mono.delay(request.timeout(), loop.scheduler()), Mono.error(TimeoutException::new))
			.subscribeOn(loop.scheduler())
			// The context would keep the exchange in memory for as long as the channel is
			// open.
			.contextWrite((context) -> Context.empty());
	}

	private LoopClient loopClient(UpstreamRequest request) {
		return (request.version().majorVersion() == 2)
				? this.streamClients.computeIfAbsent(request.eventLoop(),
						(loop) -> LoopClient.of(this.streams.get(), loop, this.files))
				: this.clients.computeIfAbsent(request.eventLoop(),
						(loop) -> LoopClient.of(this.client, loop, this.files));
	}

	private static HttpClient client(LoopClient loop, UpstreamRequest request) {
		Integer timeout = request.connectTimeout();
		return (timeout != null) ? loop.client().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout) : loop.client();
	}

	/**
	 * Closes the connection if the handshake is over, because a client cannot leave the
	 * queue of a pool. Otherwise sends the request.
	 */
	private static void speak(Connection connection, UpstreamRequest request, boolean over) {
		if (over) {
			connection.channel().close();
		}
		else {
			UpstreamExchange.speak(connection, request);
		}
	}

	/**
	 * Drops what the client adds by itself. For Reactor Netty 1.3, which has no setting
	 * for it (reactor/reactor-netty#55).
	 */
	private void dropInvented(HttpClientRequest sent, HttpHeaders headers) {
		for (CharSequence name : new CharSequence[] { HttpHeaderNames.ACCEPT, HttpHeaderNames.USER_AGENT }) {
			if (!headers.contains(name)) {
				sent.requestHeaders().remove(name);
			}
		}
	}

	private UpstreamAnswer receive(HttpClientResponse response, Connection connection, Consumer<HttpHeaders> check) {
		if (!HttpResponseStatus.SWITCHING_PROTOCOLS.equals(response.status())) {
			return new UpstreamAnswer(response, connection, null);
		}
		try {
			check.accept(response.responseHeaders());
		}
		catch (ProblemException ex) {
			connection.channel().close();
			throw ex;
		}
		return new UpstreamAnswer(response, connection, UpstreamConnection.take(connection));
	}

	/**
	 * Closes the HTTP/2 connections, which have no tunnels any more.
	 */
	@Override
	public void close() {
		if (!this.streamClients.isEmpty()) {
			this.streams.get().configuration().connectionProvider().dispose();
		}
	}

	/**
	 * Client for the handshakes of one event loop.
	 *
	 * @param client client on the loop
	 * @param scheduler the loop itself
	 */
	private record LoopClient(HttpClient client, Scheduler scheduler) {

		static LoopClient of(HttpClient client, EventLoop loop, OpenFiles files) {
			return new LoopClient(client.runOn(files.on(loop)), Schedulers.fromExecutor(loop));
		}

	}

}
