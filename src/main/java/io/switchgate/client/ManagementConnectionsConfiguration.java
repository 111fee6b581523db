package io.switchgate.client;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerState;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.problem.Problems;

/**
 * Reports failures of connections on the management port in the same way as on the
 * clients' port. The class has no annotation, so that component scanning does not find it
 * there; {@code META-INF/spring} names it instead.
 */
class ManagementConnectionsConfiguration {

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementConnections(Problems problems) {
		return (factory) -> factory.addServerCustomizers((server) -> prepare(server, problems));
	}

	private static HttpServer prepare(HttpServer server, Problems problems) {
		return server.doOnChannelInit((observer, channel, address) -> TlsFailures.prepare(channel.pipeline(), problems))
			.childObserve((connection, state) -> {
				if (state == HttpServerState.REQUEST_DECODING_FAILED) {
					problems.report(new ProblemException(ProblemCause.REQUEST_MALFORMED,
							"On the management port (expected: as in RFC 9112)"));
				}
			});
	}

}
