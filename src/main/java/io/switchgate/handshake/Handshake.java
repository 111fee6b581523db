package io.switchgate.handshake;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HandshakeRecorder;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.routes.RouteGeneration;
import io.switchgate.tunnel.TunnelLimits;
import io.switchgate.tunnel.TunnelTerms;
import io.switchgate.tunnel.UpstreamConnection;
import io.switchgate.upstream.UpstreamListener;
import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * An opening handshake, from the arrival of its request to the end of its answer. The
 * exchange carries it through the filters, and its recorder is told about each step.
 *
 * <p>
 * It is not thread-safe, because the filters run one after the other.
 */
public final class Handshake implements UpstreamListener {

	private static final String ATTRIBUTE = Handshake.class.getName();

	private final Channel client;

	private final HandshakeRecorder recorder;

	private HandshakePolicy policy = HandshakePolicy.DEFAULT;

	private TunnelLimits limits;

	private @Nullable Route route;

	private @Nullable String upstream;

	private @Nullable UpstreamConnection switched;

	private boolean counted;

	private final Object network;

	private final long arrived = System.nanoTime();

	private @Nullable ProblemException refusal;

	/**
	 * Creates a handshake.
	 * @param client connection of its client, or stream
	 * @param recorder is told about each step
	 * @param limits limits of its tunnel unless its route sets others
	 */
	Handshake(Channel client, HandshakeRecorder recorder, TunnelLimits limits) {
		this.client = client;
		this.recorder = recorder;
		this.limits = limits;
		this.network = ClientNetwork.of(recorder.client());
	}

	/**
	 * Returns the handshake of an exchange, or null if its request is no handshake.
	 */
	public static @Nullable Handshake find(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

	void attach(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

	/**
	 * Returns its name in this process, which its tunnel takes over.
	 */
	public String id() {
		return this.recorder.id();
	}

	Channel client() {
		return this.client;
	}

	/**
	 * Returns whether it came as an extended CONNECT (RFC 8441).
	 */
	boolean isStream() {
		return this.client instanceof Http2StreamChannel;
	}

	/**
	 * Returns the address of the client, as trusted hops tell it.
	 */
	String address() {
		return this.recorder.client();
	}

	/**
	 * Returns the network of the client.
	 */
	Object network() {
		return this.network;
	}

	/**
	 * Returns how much is left of a time since the handshake arrived.
	 */
	Duration left(Duration time) {
		return time.minusNanos(System.nanoTime() - this.arrived);
	}

	/**
	 * Sets the answer of a handshake that has waited in vain before it got to its route.
	 */
	void refuse(ProblemException refusal) {
		this.refusal = refusal;
	}

	@Nullable ProblemException refusal() {
		return this.refusal;
	}

	void routed(Route route) {
		this.route = route;
		this.recorder.routed(route.getId());
	}

	Route route() {
		return Objects.requireNonNull(this.route, "no route yet");
	}

	HandshakePolicy policy() {
		return this.policy;
	}

	void changePolicy(UnaryOperator<HandshakePolicy> change) {
		this.policy = change.apply(this.policy);
	}

	TunnelLimits limits() {
		return this.limits;
	}

	void limit(TunnelLimits limits) {
		this.limits = limits;
	}

	/**
	 * Marks this handshake as counted among the open tunnels.
	 * @return whether it was not counted before
	 */
	boolean count() {
		boolean first = !this.counted;
		this.counted = true;
		return first;
	}

	/**
	 * Removes the mark that this handshake is counted.
	 * @return whether it was counted before
	 */
	boolean uncount() {
		boolean before = this.counted;
		this.counted = false;
		return before;
	}

	/**
	 * Starts an attempt at an upstream. The connection of an earlier attempt, which a
	 * filter has rejected, is closed.
	 * @param upstream scheme, host and port
	 */
	void dial(String upstream) {
		discard();
		this.upstream = upstream;
		this.recorder.dialed(upstream);
	}

	@Override
	public void connected(Channel channel) {
		this.recorder.connected(channel);
	}

	@Override
	public void sent(String line, Iterable<Map.Entry<String, String>> headers) {
		this.recorder.sent(line, headers);
	}

	@Override
	public void received(HttpResponse answer) {
		this.recorder.received(answer);
	}

	/**
	 * Takes the connection of an upstream that has answered 101.
	 */
	void switched(UpstreamConnection connection) {
		this.switched = connection;
		this.recorder.switched();
	}

	boolean hasSwitched() {
		return this.switched != null;
	}

	/**
	 * Hands over the connection that has switched, or returns null if there is none.
	 */
	@Nullable UpstreamConnection takeSwitched() {
		UpstreamConnection taken = this.switched;
		this.switched = null;
		return taken;
	}

	/**
	 * Closes the connection that has switched, unless a tunnel has taken it.
	 */
	void discard() {
		UpstreamConnection left = takeSwitched();
		if (left != null) {
			left.close();
		}
	}

	void failed(Throwable error) {
		this.recorder.failed(error);
	}

	/**
	 * Returns the refusal of a handshake whose route or upstream is being drained.
	 */
	ProblemException draining() {
		String expected = " (expected: later, or another instance)";
		return new ProblemException(ProblemCause.DRAINING, "No new tunnels of route " + route().getId() + expected,
				"No new tunnels" + expected, null);
	}

	/**
	 * Returns the terms that the handshake has settled with its 101.
	 * @param answer headers of the 101
	 */
	TunnelTerms terms(HttpHeaders answer) {
		int generation = RouteGeneration.of(route().getMetadata()).number();
		// All tunnels to one upstream share one string.
		String name = Objects.requireNonNull(this.upstream, "not dialed").intern();
		return new TunnelTerms(route().getId(), generation, name, address(),
				settled(answer, SecWebSocketHeaders.PROTOCOL), settled(answer, SecWebSocketHeaders.EXTENSIONS),
				this.limits);
	}

	private @Nullable String settled(HttpHeaders answer, String name) {
		String value = answer.getFirst(name);
		return (value != null) ? this.recorder.settled(name, value) : null;
	}

	HandshakeRecord finish(int status, @Nullable String line, Iterable<Map.Entry<String, String>> headers) {
		return this.recorder.finish(status, line, headers);
	}

	/**
	 * Returns the name of an upstream in records, without user and password.
	 */
	static String nameOf(URI upstream) {
		String authority = upstream.getRawAuthority();
		return upstream.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
	}

}
