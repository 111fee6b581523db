/**
 * A WebSocket gateway that asks the upstream first and then relays bytes untouched.
 *
 * <pre>
 * client -&gt; routes and filters -&gt; handshake -&gt; upstream
 *                                    |
 *                  101, checked on the way back to the client
 *                                    |
 * client &lt;=========== tunnel: bytes, both ways ===========&gt; upstream
 * </pre>
 *
 * <ol>
 * <li>Spring Cloud Gateway picks the route and runs its filters: an upgrade is a GET like
 * any other.</li>
 * <li>{@code handshake} checks the request (RFC 6455, section 4.2.1), dials the upstream
 * on the client's event loop and sends the upgrade.</li>
 * <li>Anything but a valid 101 goes back to the client as the HTTP answer that it is. The
 * filter chain ends here in every case, so timers and circuit breakers see handshakes,
 * never tunnels.</li>
 * <li>After a 101 {@code tunnel} takes the HTTP handlers out of both pipelines and relays
 * until one end is gone.</li>
 * </ol>
 */
@NullMarked
package io.switchgate;

import org.jspecify.annotations.NullMarked;
