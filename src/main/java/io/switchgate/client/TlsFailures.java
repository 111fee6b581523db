package io.switchgate.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.NetUtil;
import reactor.netty.NettyPipeline;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.problem.Problems;
import io.switchgate.transport.ConnectionErrors;

/**
 * Ends connections whose TLS handshake fails, until it has succeeded. Netty would log
 * each with its stack, and what the client has sent.
 *
 * <p>
 * For Netty 4.2 where ALPN may choose HTTP/2 (spring-cloud/spring-cloud-gateway#2493).
 * Where it may not, Reactor Netty logs nothing (reactor/reactor-netty#1235).
 */
final class TlsFailures extends ChannelInboundHandlerAdapter {

	private static final String CLOSED = "closed by the client";

	private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_]+)");

	private static final Map<Pattern, String> NOTHING_IN_COMMON = Map.of(Pattern.compile("no cipher suites in common"),
			"no cipher suite in common",
			Pattern.compile("protocol .*(not enabled|not supported|not accepted|not appropriate)"),
			"no version of TLS in common");

	private final Problems problems;

	private boolean begun;

	private TlsFailures(Problems problems) {
		this.problems = problems;
	}

	/**
	 * Joins a new connection if it speaks TLS.
	 * @param pipeline its pipeline
	 * @param problems hears what fails
	 */
	static void prepare(ChannelPipeline pipeline, Problems problems) {
		if (pipeline.context(NettyPipeline.SslHandler) != null) {
			TlsFailures failures = new TlsFailures(problems);
			pipeline.addBefore(NettyPipeline.SslHandler, null, new ClearText(problems, failures));
			pipeline.addAfter(NettyPipeline.SslReader, null, failures);
		}
	}

	/**
	 * Called when the client has sent something: one that only connects, as a load
	 * balancer does to see whether it can, is no failure.
	 */
	void begin() {
		this.begun = true;
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		ctx.fireUserEventTriggered(event);
		if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
			ctx.pipeline().remove(this);
			ConnectionErrors.prepare(ctx.pipeline());
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		report(ctx, reason(cause));
		ctx.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		report(ctx, CLOSED);
		ctx.fireChannelInactive();
	}

	private void report(ChannelHandlerContext ctx, String reason) {
		if (this.begun) {
			this.begun = false;
			String client = (ctx.channel().remoteAddress() instanceof InetSocketAddress address)
					? NetUtil.toAddressString(address.getAddress()) : "unknown";
			this.problems.report(new ProblemException(ProblemCause.CLIENT_TLS_FAILED,
					ProblemCause.CLIENT_TLS_FAILED.title() + ": " + client + " (" + reason + ")"));
		}
	}

	/**
	 * Says nothing of the message but what it has in words of its own.
	 */
	private static String reason(Throwable error) {
		Throwable cause = (error instanceof DecoderException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof NotSslRecordException) {
			return "no TLS";
		}
		if (cause instanceof SslHandshakeTimeoutException) {
			return "not in time";
		}
		String message = String.valueOf(cause.getMessage());
		Matcher alert = ALERT.matcher(message);
		if (alert.find()) {
			return "alert of the client: " + alert.group(1);
		}
		if (message.startsWith("Connection closed") || isOfTheNetwork(cause)) {
			return CLOSED;
		}
		return NOTHING_IN_COMMON.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().matcher(message).find())
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(cause.getClass().getSimpleName());
	}

	private static boolean isOfTheNetwork(Throwable cause) {
		return cause instanceof IOException && !(cause instanceof SSLException);
	}

}
