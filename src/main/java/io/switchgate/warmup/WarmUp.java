package io.switchgate.warmup;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.SSLException;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.netty.resources.LoopResources;

import io.switchgate.handshake.WarmUpRoute;

/**
 * Opens tunnels through the gateway, from clients of its own to an upstream of its own,
 * before the gateway is ready. It ends when the JVM has hardly anything left to compile,
 * and at the latest when its time is over. A failure ends it early and does no harm.
 */
final class WarmUp implements ApplicationRunner {

	private static final Logger LOGGER = LoggerFactory.getLogger(WarmUp.class);

	private static final int CLIENTS = 8;

	private static final Duration LONGEST_END = Duration.ofSeconds(1);

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

	/**
	 * Time of compiler threads between two checks below which the JVM has hardly anything
	 * left to compile.
	 */
	private static final Duration HARDLY_ANYTHING = Duration.ofMillis(25);

	private final WarmUpProperties properties;

	private final WarmUpRoute route;

	private final LoopResources eventLoops;

	private final ServerProperties server;

	private final ConfigurableApplicationContext context;

	WarmUp(WarmUpProperties properties, WarmUpRoute route, LoopResources eventLoops, ServerProperties server,
			ConfigurableApplicationContext context) {
		this.properties = properties;
		this.route = route;
		this.eventLoops = eventLoops;
		this.server = server;
		this.context = context;
	}

	@Override
	public void run(ApplicationArguments arguments) throws InterruptedException {
		if (!this.properties.time().isZero() && !asksForCertificates()) {
			try {
				LOGGER.info("Warmed up with {} tunnels of its own", openTunnels());
			}
			catch (SSLException | RuntimeException ex) {
				LOGGER.info("Not warmed up: {}", ex.toString());
			}
		}
		if (this.properties.exit()) {
			this.context.close();
		}
	}

	private boolean asksForCertificates() {
		Ssl ssl = this.server.getSsl();
		return ssl != null && ssl.getClientAuth() == Ssl.ClientAuth.NEED;
	}

	private long openTunnels() throws InterruptedException, SSLException {
		Script script = Script.ofOneTunnel();
		Channel upstream = listen(script.upstream());
		try {
			Clients clients = new Clients(CLIENTS, this.eventLoops, gateway(), tls(), script.client());
			this.route.open(
					URI.create("http://" + NetUtil.toSocketAddressString((InetSocketAddress) upstream.localAddress())),
					clients.addresses());
			clients.start();
			awaitCompilation(clients);
			clients.stop(LONGEST_END);
			return clients.tunnels();
		}
		finally {
			this.route.close();
			upstream.close();
		}
	}

	private Channel listen(List<Script.Step> steps) {
		EventLoopGroup loops = this.eventLoops.onServer(true);
		return new ServerBootstrap().group(loops)
			.channelFactory(() -> this.eventLoops.onChannel(ServerSocketChannel.class, loops))
			.childHandler(new ChannelInitializer<Channel>() {
				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new Side(steps, false, (complete) -> {
					}));
				}
			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.syncUninterruptibly()
			.channel();
	}

	private SocketAddress gateway() {
		InetAddress address = Objects.requireNonNullElseGet(this.server.getAddress(), InetAddress::getLoopbackAddress);
		WebServer running = Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer());
		return new InetSocketAddress(address, running.getPort());
	}

	/**
	 * Trusts what the gateway shows, because the gateway connects to itself.
	 */
	private @Nullable SslContext tls() throws SSLException {
		return Ssl.isEnabled(this.server.getSsl()) ? SslContextBuilder.forClient()
			.trustManager(InsecureTrustManagerFactory.INSTANCE)
			.endpointIdentificationAlgorithm(null)
			.build() : null;
	}

	private void awaitCompilation(Clients clients) throws InterruptedException {
		long end = System.nanoTime() + this.properties.time().toNanos();
		Duration compiled = compilationTime();
		Duration left = this.properties.time();
		while (left.compareTo(CHECK_INTERVAL) > 0) {
			if (clients.await(CHECK_INTERVAL)) {
				return;
			}
			Duration now = compilationTime();
			if (!this.properties.exit() && now.minus(compiled).compareTo(HARDLY_ANYTHING) < 0) {
				return;
			}
			compiled = now;
			left = Duration.ofNanos(end - System.nanoTime());
		}
		clients.await(left);
	}

	private static Duration compilationTime() {
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		return (compiler != null) ? Duration.ofMillis(compiler.getTotalCompilationTime()) : Duration.ZERO;
	}

}
