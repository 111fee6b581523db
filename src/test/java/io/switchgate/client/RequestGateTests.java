package io.switchgate.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatusCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of bytes behind an upgrade request that has no answer yet.
 */
class RequestGateTests extends GatedChannel {

	private static final int ROUNDS = 300;

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
	 * Receives a text in pieces, and answers the requests before the upgrade at random
	 * times.
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
	void holdsBytesWhileARequestIsUnanswered() {
		install();
		receive(NEXT + UPGRADE + NEXT);
		answer(HttpResponseStatus.OK);
		answer(HttpResponseStatus.EARLY_HINTS);
		answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
		assertThat(this.log.paths()).containsExactly("/next", "/ws");
	}

	@Test
	void holdsBytesWhenTheUpgradeCameWithARequestThatIsAnsweredAtOnce() {
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
	void releasesHeldBytesWhenTheChannelCloses() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
		this.channel.config().setAllocator(allocator);
		install();
		receive(UPGRADE + "a");
		receive("b");
		assertThat(allocator.metric().usedHeapMemory()).isPositive();
		this.channel.close();
		this.channel.runPendingTasks();
		assertThat(allocator.metric().usedHeapMemory()).isZero();
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
	void passesTheRestOfTheReadThatCausedTheSwitch() {
		install();
		this.log.react(RequestGateTests::leave);
		ByteBuf received = receive(UPGRADE + "a\r\n\r\nb");
		assertThat(this.log.bytes()).isEqualTo("a\r\n\r\nb");
		assertThat(received.refCnt()).isZero();
	}

	@Test
	void finishesAnAnswerBeforeItEndsAConnectionWhoseBodyIsMalformed() {
		install();
		receive("POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
		DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
		head.headers().set(HttpHeaderNames.CONTENT_LENGTH, 2);
		this.channel.writeOutbound(head);
		receive("no size\r\n");
		this.channel.writeOutbound(new DefaultLastHttpContent(buffer("ok")));
		this.channel.runPendingTasks();
		StringBuilder answer = new StringBuilder();
		for (ByteBuf part = this.channel.readOutbound(); part != null; part = this.channel.readOutbound()) {
			answer.append(part.toString(StandardCharsets.ISO_8859_1));
			part.release();
		}
		assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("ok");
		this.channel.advanceTimeBy(1, TimeUnit.HOURS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.channel.isOpen()).isFalse();
	}

	/**
	 * The decoder gets other bytes than the gate, and so ends the body elsewhere.
	 */
	@ParameterizedTest
	@CsvSource({ "6, 0, earlier", "0, 5, later" })
	void refusesABodyThatTheDecoderEndsElsewhere(String size, String decoded) {
		install();
		this.channel.pipeline()
			.addAfter(this.channel.pipeline().context(RequestGate.class).name(), null,
					new ChannelInboundHandlerAdapter() {
						@Override
						public void channelRead(ChannelHandlerContext ctx, Object msg) {
							ByteBuf bytes = (ByteBuf) msg;
							String text = bytes.toString(StandardCharsets.ISO_8859_1);
							bytes.release();
							ctx.fireChannelRead(buffer(text.replace(size + ";\r\n", decoded + "\r\n")));
						}
					});
		receive("POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
		receive("6;\r\n\r\n" + "1234" + "\r\n0;\r\n\r\n" + NEXT);
		this.channel.runPendingTasks();
		assertThat(this.log.requests()).isEmpty();
		ByteBuf answer = this.channel.readOutbound();
		assertThat(answer.toString(StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 400 ")
			.contains("length-ambiguous");
		answer.release();
		this.channel.advanceTimeBy(1, TimeUnit.HOURS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.channel.isOpen()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "GET /a HTTP/1.1\r\nHost: a\r\n", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na" })
	void reportsNoProblemWhenAClientLeavesInsideARequest(String begin) {
		List<HttpStatusCode> reported = new ArrayList<>();
		this.channel.pipeline()
			.addBefore(this.channel.pipeline().context(HttpServerCodec.class).name(), null, new RequestGate(
					Connections.properties(LIMIT), Connections.problems((cause, status) -> reported.add(status))));
		receive(begin);
		this.channel.close();
		this.channel.runPendingTasks();
		assertThat(reported).isEmpty();
	}

}
