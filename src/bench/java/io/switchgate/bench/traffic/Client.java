package io.switchgate.bench.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * One client, from its handshake to its end. Everything happens on the event loop.
 */
final class Client extends ChannelInboundHandlerAdapter implements EchoReader.Listener {

	private final Crowd crowd;

	private final Conversation conversation;

	private final int number;

	private final int index;

	private final int size;

	private final String key;

	private final EchoReader reader;

	private @Nullable ChannelHandlerContext context;

	private @Nullable ByteBuf answer;

	private boolean open;

	private boolean leaving;

	private boolean broken;

	private long sent;

	private long echoed;

	/**
	 * Creates a client that is yet to connect.
	 * @param index place among the clients of its conversation
	 */
	Client(Crowd crowd, Conversation conversation, int index) {
		this.crowd = crowd;
		this.conversation = conversation;
		this.index = index;
		this.number = crowd.nextNumber();
		this.size = conversation.size();
		this.key = Upgrade.key(crowd.random());
		this.reader = new EchoReader(this.number, this.size, this);
	}

	int index() {
		return this.index;
	}

	long underWay() {
		return this.sent - this.echoed;
	}

	boolean isWritable() {
		return context().channel().isWritable();
	}

	/**
	 * Reads only when told to, and leaves the rest to the kernel's buffers.
	 * @param bytes what one read may take
	 */
	void readSlowly(int bytes) {
		ChannelConfig config = context().channel().config();
		config.setAutoRead(false);
		config.setRecvByteBufAllocator(new FixedRecvByteBufAllocator(bytes).maxMessagesPerRead(1));
	}

	/**
	 * Reads as fast as it can.
	 */
	void readAll() {
		ChannelConfig config = context().channel().config();
		config.setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator());
		config.setAutoRead(true);
	}

	void read() {
		context().read();
	}

	/**
	 * Writes the next message.
	 */
	void write() {
		int mask = this.crowd.random().nextInt();
		ByteBuf frame = context().alloc().directBuffer(FrameHead.MAX_LENGTH + this.size);
		FrameHead.writeMasked(frame, FrameHead.BINARY, this.size, mask);
		Payload.write(frame, Payload.name(this.number, this.sent), this.size, mask);
		this.sent++;
		context().write(frame, context().voidPromise());
	}

	void flush() {
		context().flush();
	}

	/**
	 * Ends the connection.
	 */
	void leave() {
		this.leaving = true;
		context().close();
	}

	/**
	 * Begins the closing handshake (RFC 6455, section 7).
	 */
	void sayGoodbye() {
		this.leaving = true;
		writeControl(FrameHead.CLOSE, context().alloc().buffer(Short.BYTES).writeShort(1000));
	}

	private void writeControl(int first, ByteBuf payload) {
		int mask = this.crowd.random().nextInt();
		ByteBuf frame = context().alloc().directBuffer(FrameHead.MAX_LENGTH + payload.readableBytes());
		FrameHead.writeMasked(frame, first, payload.readableBytes(), mask);
		Mask.apply(payload, frame, payload.readableBytes(), mask);
		payload.release();
		context().writeAndFlush(frame, context().voidPromise());
	}

	private ChannelHandlerContext context() {
		ChannelHandlerContext current = this.context;
		if (current == null) {
			throw new IllegalStateException("not connected");
		}
		return current;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		if (this.crowd.protocol() == Protocol.CLEAR) {
			ask();
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent tls && tls.isSuccess()) {
			ask();
		}
		else if (event == StreamTunnel.OPENED) {
			opened();
		}
	}

	private void ask() {
		byte[] request = BrowserRequest.of(this.crowd.port(), this.key).getBytes(StandardCharsets.US_ASCII);
		context().writeAndFlush(context().alloc().directBuffer(request.length).writeBytes(request));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf in = (ByteBuf) message;
		try {
			if (!this.open) {
				readAnswer(in);
			}
			if (this.open) {
				this.reader.read(in);
			}
		}
		finally {
			in.release();
		}
	}

	private void readAnswer(ByteBuf part) {
		if (this.answer == null) {
			this.answer = context().alloc().buffer();
		}
		ByteBuf all = this.answer.writeBytes(part);
		Optional<String> head = Upgrade.takeHead(all);
		if (head.isPresent()) {
			this.answer = null;
			Upgrade.check(head.get(), this.key);
			opened();
			this.reader.read(all);
			all.release();
		}
	}

	/**
	 * Called when there is no tunnel, or no longer.
	 */
	void broken(TrafficException how) {
		if (!this.broken) {
			this.broken = true;
			this.conversation.broken(this, how);
		}
	}

	/**
	 * Ends the load.
	 */
	void giveUp(TrafficException how) {
		this.crowd.fail(how);
	}

	private void opened() {
		this.open = true;
		this.crowd.opened();
		this.conversation.opened(this);
	}

	@Override
	public void echoed(long message) {
		this.echoed++;
		this.conversation.echoed(this, message);
	}

	@Override
	public void control(int first, ByteBuf payload) {
		if (first == FrameHead.PING) {
			writeControl(FrameHead.PONG, payload.copy());
		}
		else if (first == FrameHead.CLOSE && !this.leaving) {
			String code = (payload.readableBytes() >= Short.BYTES) ? " " + payload.readUnsignedShort() : "";
			throw new TrafficException("tunnel closed" + code);
		}
		else if (first == FrameHead.CLOSE) {
			// The server closes the connection.
			this.conversation.saidGoodbye(this);
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		this.conversation.writabilityChanged(this);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.answer != null) {
			this.answer.release();
		}
		if (!this.leaving) {
			broken(new TrafficException(this.open ? "tunnel broken off" : "handshake broken off"));
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof WrongEchoException wrong) {
			giveUp(wrong);
		}
		broken((cause instanceof TrafficException traffic) ? traffic
				: new TrafficException((this.open ? "tunnel: " : "handshake: ") + cause));
		context.close();
	}

}
