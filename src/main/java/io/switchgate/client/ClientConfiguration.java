package io.switchgate.client;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.switchgate.forwarded.TrustedHops;
import io.switchgate.problem.Problems;
import io.switchgate.transport.OpenFiles;

/**
 * Puts the gate in front of every client. The management port has none, because it must
 * answer even when there is no room for clients.
 */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(ClientConfiguration.class);

	/**
	 * Runs after Boot's own customizers. They set lower limits than the gate's and leave
	 * out HTTP/2, which browsers speak over TLS.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> clientConnections(ClientProperties properties,
			TrustedHops trusted, Problems problems, OpenFiles files, Environment environment) {
		ClientConnections connections = new ClientConnections(properties, trusted, problems, files);
		return (factory) -> {
			factory.addServerCustomizers(connections::customize);
			if (Ssl.isEnabled(factory.getSsl()) && !environment.containsProperty("server.http2.enabled")) {
				Http2 http2 = new Http2();
				http2.setEnabled(true);
				factory.setHttp2(http2);
			}
		};
	}

	/**
	 * Logs once at the start that the limit is too high, so that no client is the first
	 * to notice.
	 */
	@Bean
	ApplicationListener<ApplicationStartedEvent> connectionsThatDoNotFit(ClientProperties properties, OpenFiles files) {
		return (event) -> {
			if (properties.connections() > files.share()) {
				logger.warn("switchgate.client.connections: {} (expected: at most {}, for which there are files; "
						+ "that many it is, see ulimit -n)", properties.connections(), files.share());
			}
		};
	}

	@Bean
	AnswerHeads answerHeads(HttpClientProperties upstream, ClientProperties client) {
		return new AnswerHeads(upstream, client);
	}

	@Bean
	PathCheck pathCheck(ClientProperties properties) {
		return new PathCheck(properties.encodedSlashes());
	}

}
