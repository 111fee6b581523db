package io.switchgate.demo;

import org.reactivestreams.Publisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import reactor.netty.resources.LoopResources;

/**
 * Echo upstream and page of the demo.
 */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoConfiguration {

	private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

	@Bean(destroyMethod = "disposeNow")
	DisposableServer demoUpstream(DemoProperties properties, LoopResources eventLoops) {
		WebsocketServerSpec deflate = WebsocketServerSpec.builder()
			.compress(true)
			.maxFramePayloadLength(MAX_MESSAGE_BYTES)
			.build();
		return HttpServer.create()
			.host("localhost")
			.port(properties.port())
			.runOn(eventLoops)
			.route((routes) -> routes.ws("/ws", DemoConfiguration::echo, deflate))
			.bindNow();
	}

	private static Publisher<Void> echo(WebsocketInbound in, WebsocketOutbound out) {
		return out
			.sendString(in.aggregateFrames(MAX_MESSAGE_BYTES).receive().asString().map("Message text was: "::concat));
	}

	@Bean
	RouterFunction<ServerResponse> demoPage() {
		return RouterFunctions.route()
			.GET("/",
					(request) -> ServerResponse.ok()
						.contentType(MediaType.TEXT_HTML)
						.bodyValue(new ClassPathResource("demo/index.html")))
			.build();
	}

}
