package io.switchgate.load;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Clients that send the head of a request byte by byte and never finish it.
 */
final class SlowClients {

	private static final String HEAD = "GET " + GatewayProcess.PATH + " HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";

	private static final int MIN_PAUSE_MILLIS = 100;

	private static final int MAX_PAUSE_MILLIS = 900;

	private final AtomicInteger ended = new AtomicInteger();

	private final List<SlowClient> clients;

	SlowClients(int size) {
		this.clients = IntStream.range(0, size).mapToObj((i) -> new SlowClient()).toList();
	}

	void connect(EventLoopGroup loops, int port) {
		Bootstrap bootstrap = new Bootstrap().group(loops)
			.channel(NioSocketChannel.class)
			.remoteAddress(InetAddress.getLoopbackAddress(), port);
		for (SlowClient client : this.clients) {
			bootstrap.clone().handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(client);
				}

			}).connect();
		}
	}

	boolean areGone() {
		return this.ended.get() == this.clients.size();
	}

	/**
	 * Returns how many clients got an answer with this beginning.
	 */
	long answered(String start) {
		return this.clients.stream().filter((client) -> client.answer.toString().startsWith(start)).count();
	}

	/**
	 * Returns how many milliseconds each closed connection was open, in ascending order.
	 */
	long[] lives() {
		return this.clients.stream()
			.filter((client) -> client.closedAt != 0)
			.mapToLong((client) -> TimeUnit.NANOSECONDS.toMillis(client.closedAt - client.openedAt))
			.sorted()
			.toArray();
	}

	/**
	 * Handler of one connection.
	 */
	private final class SlowClient extends SimpleChannelInboundHandler<ByteBuf> {

		private final StringBuffer answer = new StringBuffer();

		private volatile long openedAt;

		private volatile long closedAt;

		private int sent;

		@Override
		public void channelActive(ChannelHandlerContext context) {
			this.openedAt = System.nanoTime();
			sendByte(context);
		}

		private void sendByte(ChannelHandlerContext context) {
			char next = (this.sent < HEAD.length()) ? HEAD.charAt(this.sent) : 'x';
			this.sent++;
			context.writeAndFlush(Unpooled.buffer(1).writeByte(next));
			long pause = ThreadLocalRandom.current().nextLong(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS);
			context.executor().schedule(() -> {
				if (context.channel().isActive()) {
					sendByte(context);
				}
			}, pause, TimeUnit.MILLISECONDS);
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
			this.answer.append(bytes.toString(StandardCharsets.ISO_8859_1));
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			this.closedAt = System.nanoTime();
			SlowClients.this.ended.incrementAndGet();
		}

	}

}
