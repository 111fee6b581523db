package io.switchgate.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the backpressure for bytes behind an upgrade request.
 */
class RequestGateReadTests extends GatedChannel {

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
	void stopsAutoReadAboveTheLimitHoweverOftenItIsTurnedOn() {
		install();
		receive(UPGRADE + UPGRADE + "x".repeat(LIMIT));
		for (int times = 0; times < 2; times++) {
			assertThat(this.channel.config().isAutoRead()).isFalse();
			this.reads.takeCount();
			this.channel.config().setAutoRead(true);
			assertThat(this.reads.takeCount()).isZero();
		}
		answer(HttpResponseStatus.FORBIDDEN);
		assertThat(this.channel.config().isAutoRead()).as("still enough").isFalse();
		leave(this.channel);
		assertThat(this.channel.config().isAutoRead()).as("after a switch").isTrue();
		assertThat(this.reads.takeCount()).isPositive();
	}

	@Test
	void turnsAutoReadOnAgainForTheNextHead() {
		install();
		receive(UPGRADE + NEXT.substring(0, LIMIT));
		assertThat(this.channel.config().isAutoRead()).isFalse();
		answer(HttpResponseStatus.FORBIDDEN);
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	/**
	 * The handler asks for the body piece by piece, as Reactor Netty does.
	 */
	@Test
	void leavesAutoReadToTheReaderOfABody() {
		for (boolean asked : new boolean[] { true, false }) {
			RequestGateReadTests test = new RequestGateReadTests();
			test.install();
			String body = "b".repeat(3000);
			test.receive(UPGRADE + "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n");
			test.receive(body);
			test.receive(body);
			test.channel.pipeline()
				.addBefore(test.channel.pipeline().context(RequestLog.class).name(), null,
						new ChannelInboundHandlerAdapter() {
							@Override
							public void channelRead(ChannelHandlerContext ctx, Object msg) {
								ctx.channel().config().setAutoRead(false);
								ctx.channel().config().setAutoRead(asked);
								ctx.fireChannelRead(msg);
							}
						});
			test.answer(HttpResponseStatus.FORBIDDEN);
			assertThat(test.channel.config().isAutoRead()).isEqualTo(asked);
			test.close();
		}
	}

	@Test
	void doesNotReadWhileTheNextUpgradeHasEnoughEarlyBytes() {
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

}
