package io.switchgate.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Handshakes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that come before their time.
 */
class RequestGateTests {

	private static final int LIMIT = 16;

	private static final int ROUNDS = 300;

	private static final String UPGRADE = Handshakes.request("/ws").replace("\n", "\r\n");

	private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";

	private final Reads reads = new Reads();

	private final RequestLog log = new RequestLog();

	private final EmbeddedChannel channel = new EmbeddedChannel(this.reads, new HttpServerCodec(), this.log);

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private ByteBuf buffer(String text) {
		return this.channel.alloc().buffer().writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private ByteBuf receive(String text) {
		ByteBuf received = buffer(text);
		this.channel.writeInbound(received);
		return received;
	}

	private void install() {
		this.channel.pipeline()
			.addBefore(this.channel.pipeline().context(HttpServerCodec.class).name(), null,
					new RequestGate(Connections.properties(LIMIT), Connections.problems()));
	}

	/**
	 * Takes HTTP out, as the switch to a tunnel does.
	 */
	private static void leave(Channel channel) {
		channel.pipeline().remove(HttpServerCodec.class);
		channel.pipeline().remove(RequestGate.class);
	}

	/**
	 * Reads as Reactor Netty does.
	 */
	private void readOnDemand() {
		this.channel.config().setAutoRead(false);
		this.reads.takeCount();
	}

	private static DefaultFullHttpResponse response(HttpResponseStatus status) {
		DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
		if (status != HttpResponseStatus.SWITCHING_PROTOCOLS && status != HttpResponseStatus.EARLY_HINTS) {
			response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
		}
		return response;
	}

	private void answer(HttpResponseStatus status) {
		this.channel.writeOutbound(response(status));
		this.channel.runPendingTasks();
	}

	@Test
	void decodesTheSameRequestsHoweverTheStreamIsSplit() {
		for (int seed = 0; seed < ROUNDS; seed++) {
			RandomRequests random = new RandomRequests(new Random(seed));
			String requests = random.requests() + UPGRADE;
			String early = random.body();
			RequestGateTests whole = new RequestGateTests();
			whole.receive(requests);
			RequestGateTests split = new RequestGateTests();
			split.install();
			split.receive(requests + early, random);
			assertThat(split.log.requests()).as("seed %d", seed).isNotEmpty().isEqualTo(whole.log.requests());
			leave(split.channel);
			assertThat(split.log.bytes()).as("seed %d", seed).isEqualTo(early);
			whole.close();
			split.close();
		}
	}

	/**
	 * Receives in pieces, and answers now and then what the upgrade has before it.
	 */
	private void receive(String text, RandomRequests random) {
		int answered = 0;
		for (String piece : random.split(text)) {
			receive(piece);
			while (random.flip() && answered < this.log.requests().size() && !isUpgrade(answered)) {
				answer(HttpResponseStatus.OK);
				answered++;
			}
		}
		for (; !isUpgrade(answered); answered++) {
			answer(HttpResponseStatus.OK);
		}
	}

	private boolean isUpgrade(int request) {
		return this.log.requests().get(request).startsWith("GET /ws ");
	}

	@Test
	void decodesHeldBytesOneRequestAfterAnother() {
		install();
		receive(UPGRADE + NEXT);
		receive("GET /last HTTP/1.1\r\n");
		receive("Host: a\r\n\r\n");
		assertThat(this.log.paths()).containsExactly("/ws");
		answer(HttpResponseStatus.FORBIDDEN);
		assertThat(this.log.paths()).containsExactly("/ws", "/next");
		answer(HttpResponseStatus.OK);
		assertThat(this.log.paths()).containsExactly("/ws", "/next", "/last");
	}

	@Test
	void holdsBytesAgainBehindANextUpgrade() {
		install();
		receive(UPGRADE + UPGRADE + NEXT);
		receive(NEXT);
		answer(HttpResponseStatus.FORBIDDEN);
		assertThat(this.log.paths()).containsExactly("/ws", "/ws");
		answer(HttpResponseStatus.FORBIDDEN);
		assertThat(this.log.paths()).containsExactly("/ws", "/ws", "/next");
	}

	@Test
	void keepsHoldingWhileAnythingIsUnanswered() {
		install();
		receive(NEXT + UPGRADE + NEXT);
		answer(HttpResponseStatus.OK);
		answer(HttpResponseStatus.EARLY_HINTS);
		answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
		assertThat(this.log.paths()).containsExactly("/next", "/ws");
	}

	@Test
	void keepsHoldingWhenTheUpgradeCameWithARequestThatIsAnsweredAtOnce() {
		install();
		this.log.react((client) -> client.writeAndFlush(response(HttpResponseStatus.OK)));
		receive(NEXT + UPGRADE + NEXT);
		assertThat(this.log.paths()).containsExactly("/next", "/ws");
		answer(HttpResponseStatus.FORBIDDEN);
		assertThat(this.log.paths()).containsExactly("/next", "/ws", "/next");
	}

	@Test
	void holdsNothingBehindAnUpgradeThatIsRefusedBeforeItsBodyHasCome() {
		install();
		receive(UPGRADE.replace("\r\n\r\n", "\r\nContent-Length: 4\r\n\r\n") + "ab");
		answer(HttpResponseStatus.BAD_REQUEST);
		receive("cd");
		receive(NEXT);
		assertThat(this.log.paths()).containsExactly("/ws", "/next");
	}

	@Test
	void stopsReadingAboveTheLimitUntilARefusal() {
		install();
		readOnDemand();
		receive(UPGRADE + NEXT.substring(0, LIMIT - 1));
		this.channel.read();
		assertThat(this.reads.takeCount()).as("below the limit").isOne();
		receive(NEXT.substring(LIMIT - 1));
		this.channel.read();
		assertThat(this.reads.takeCount()).as("above the limit").isZero();
		answer(HttpResponseStatus.FORBIDDEN);
		assertThat(this.reads.takeCount()).as("released").isOne();
		this.channel.read();
		assertThat(this.reads.takeCount()).as("as before").isOne();
	}

	@Test
	void doesNotReadForANextUpgradeThatHasEnough() {
		install();
		readOnDemand();
		receive(UPGRADE + UPGRADE + "x".repeat(LIMIT));
		this.channel.read();
		answer(HttpResponseStatus.FORBIDDEN);
		assertThat(this.log.paths()).hasSize(2);
		assertThat(this.reads.takeCount()).isZero();
		answer(HttpResponseStatus.FORBIDDEN);
		assertThat(this.reads.takeCount()).isPositive();
	}

	@Test
	void resumesReadingAfterASwitch() {
		install();
		readOnDemand();
		receive(UPGRADE + "x".repeat(LIMIT));
		this.channel.read();
		assertThat(this.reads.takeCount()).isZero();
		leave(this.channel);
		assertThat(this.reads.takeCount()).isOne();
	}

	@Test
	void releasesHeldBytesWhenTheChannelCloses() {
		install();
		ByteBuf sameRead = receive(UPGRADE + "a");
		ByteBuf laterRead = receive("b");
		assertThat(List.of(sameRead.refCnt(), laterRead.refCnt())).containsExactly(1, 1);
		this.channel.close();
		this.channel.runPendingTasks();
		assertThat(List.of(sameRead.refCnt(), laterRead.refCnt())).containsExactly(0, 0);
		assertThat(this.log.paths()).containsExactly("/ws");
		assertThat(this.log.bytes()).isEmpty();
	}

	@Test
	void handsHeldBytesToTheTunnelInOrder() {
		install();
		receive(UPGRADE + "a");
		receive("\r\n\r\n");
		receive("b");
		answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
		leave(this.channel);
		receive("c\r\n\r\nd");
		assertThat(this.log.bytes()).isEqualTo("a\r\n\r\nbc\r\n\r\nd");
		assertThat(this.channel.pipeline().toMap().values()).containsExactly(this.reads, this.log);
	}

	@Test
	void handsOnWhatIsLeftOfAReadThatMadeTheSwitch() {
		install();
		this.log.react(RequestGateTests::leave);
		ByteBuf received = receive(UPGRADE + "a\r\n\r\nb");
		assertThat(this.log.bytes()).isEqualTo("a\r\n\r\nb");
		assertThat(received.refCnt()).isZero();
	}

	/**
	 * Handler at the socket: counts reads that reach it.
	 */
	private static final class Reads extends ChannelOutboundHandlerAdapter {

		private int count;

		@Override
		public void read(ChannelHandlerContext ctx) {
			this.count++;
			ctx.read();
		}

		int takeCount() {
			int taken = this.count;
			this.count = 0;
			return taken;
		}

	}

}
