package io.switchgate.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.ssl.SslContext;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufMono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Client of the cluster's API server. Requests run on a thread of their own, so that no
 * tunnel waits while it reads files or does a TLS handshake. Each request opens a new
 * connection: requests are rare, and a kept connection may be dead by the next one or
 * trust a replaced certificate.
 */
final class ApiServer implements AutoCloseable {

	/**
	 * Time limit of a whole request, from the name lookup to the head of the answer.
	 */
	static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ServiceAccount account;

	private final Duration timeout;

	private final LoopResources loop = LoopResources.create("kubernetes", 1, true);

	private final Scheduler scheduler = Schedulers.fromExecutorService(this.loop.onClient(false).next());

	private final HttpClient client = HttpClient.create(ConnectionProvider.newConnection())
		.runOn(this.loop, false)
		.resolver((resolver) -> resolver.runOn(this.loop, false))
		.protocol(HttpProtocol.HTTP11)
		.disableRetry(true);

	ApiServer(ServiceAccount account, Duration timeout) {
		this.account = account;
		this.timeout = timeout;
	}

	/**
	 * Returns the thread on which requests run and their answers arrive.
	 */
	Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * Changes an object.
	 * @param object address of the object
	 * @param json fields to change (RFC 7396)
	 * @return completes empty when the server has changed it; fails with
	 * {@link RefusedException} if the server refuses
	 */
	Mono<Void> patch(URI object, String json) {
		return Mono.fromCallable(this::authorized)
			.flatMap((authorized) -> authorized.patch()
				.uri(object)
				.send(ByteBufMono.fromString(Mono.just(json)))
				.response())
			.flatMap(ApiServer::check)
			.timeout(this.timeout, Mono.error(this::late), this.scheduler)
			.subscribeOn(this.scheduler);
	}

	private HttpClient authorized() throws IOException {
		SslContext tls = this.account.tls();
		String authorization = "Bearer " + this.account.token();
		return this.client.secure((secure) -> secure.sslContext(tls))
			.headers((headers) -> headers.set(HttpHeaderNames.AUTHORIZATION, authorization)
				.set(HttpHeaderNames.CONTENT_TYPE, "application/merge-patch+json")
				.set(HttpHeaderNames.USER_AGENT, "switchgate"));
	}

	private static Mono<Void> check(HttpClientResponse response) {
		boolean done = response.status().codeClass() == HttpStatusClass.SUCCESS;
		return done ? Mono.empty() : Mono.error(new RefusedException(response.status()));
	}

	private TimeoutException late() {
		return new TimeoutException("no answer within " + this.timeout.toMillis() + " ms");
	}

	@Override
	public void close() {
		this.loop.dispose();
	}

}
