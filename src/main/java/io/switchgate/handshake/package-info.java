/**
 * Carries an opening handshake to the upstream and its answer back, unchanged.
 *
 * <h2>Who owns what</h2>
 * <ul>
 * <li>{@link io.switchgate.handshake.HandshakeCarrier} makes one
 * {@link io.switchgate.handshake.Handshake} of each request that is one, and finishes it
 * with the answer. The exchange carries it. Other code gets it from the exchange, never
 * from the channel.</li>
 * <li>Filters of the route change the handshake:
 * {@link io.switchgate.handshake.HandshakePolicy} and the limits of its tunnel.</li>
 * <li>{@link io.switchgate.handshake.UpgradeRoutingFilter} checks the request, and owns
 * the attempt at the upstream. The connection that switched belongs to the handshake from
 * the 101 on, and to the tunnel once the tunnel opens. A handshake that ends without a
 * tunnel, or is tried again, closes the connection.</li>
 * <li>{@link io.switchgate.handshake.SwitchFilter} answers the client and opens the
 * tunnel. The filter chain ends there.</li>
 * <li>{@link io.switchgate.handshake.ProblemHandler} answers every failure, wherever it
 * happens.</li>
 * </ul>
 *
 * <h2>In which order</h2> As {@link io.switchgate.exchange.FilterOrder} lists it. Before
 * all filters a handshake waits for a turn of its event loop, if need be
 * ({@link io.switchgate.handshake.Arrivals}). On the way in: web filters, the route,
 * {@code SwitchFilter}, {@code AdmissionFilter}, filters of the route,
 * {@code ExactPathFilter}, {@code UpgradeRoutingFilter}. On the way out the same filters
 * see the answer in reverse: all of them may still change it, and a status other than 101
 * is an answer like any other.
 *
 * <h2>HTTP/1.1, from both sides (RFC 6455, section 4)</h2> <pre>
 * client                        gateway                         upstream
 *   | GET /ws HTTP/1.1             |                                |
 *   | Host: gateway                |                                |
 *   | Upgrade: websocket           |                                |
 *   | Connection: Upgrade          |                                |
 *   | Sec-WebSocket-Key: dGhlI...  |                                |
 *   | Sec-WebSocket-Version: 13    |                                |
 *   |-----------------------------&gt;| checks, admits, dials          |
 *   |                              |------------------------------&gt;|
 *   |                              |  the same, with Host: upstream |
 *   |  what the client sends now   |                                |
 *   |  waits in the gateway        |  HTTP/1.1 101 Switching Prot.  |
 *   |                              |  Sec-WebSocket-Accept: s3pP... |
 *   |                              |&lt;------------------------------|
 *   |                              | checks the 101, runs filters   |
 *   | HTTP/1.1 101 Switching Prot. |                                |
 *   |&lt;-----------------------------| opens the tunnel               |
 *   |&lt;======== frames =============|============= frames ==========&gt;|
 * </pre>
 *
 * <h2>HTTP/2, from both sides (RFC 8441, sections 4 and 5)</h2> <pre>
 * client                        gateway                         upstream
 *   | HEADERS, stream open         |                                |
 *   | :method: CONNECT             |  the client's gate turns it    |
 *   | :protocol: websocket         |  into the upgrade above, with  |
 *   | :scheme, :authority, :path   |  a key of the gateway's own    |
 *   | sec-websocket-version: 13    |                                |
 *   |-----------------------------&gt;| as above                       |
 *   |                              |                                |
 *   | HEADERS                      |  and the 101 into this         |
 *   | :status: 200                 |                                |
 *   |&lt;-----------------------------|                                |
 *   |&lt;==== frames in DATA =========|                                |
 * </pre> Towards an upstream with {@code UpstreamHttpVersion=2} the package
 * {@code upstream} does the opposite. The code between the two does not know which
 * version either side speaks.
 */
@NullMarked
package io.switchgate.handshake;

import org.jspecify.annotations.NullMarked;
