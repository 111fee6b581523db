/**
 * Moves bytes between a client and its upstream after the switch, until both ends are
 * gone. Both ends live on one event loop, and everything here runs on it: no locks, no
 * hops between threads.
 *
 * <h2>Who owns what</h2>
 * <ul>
 * <li>{@link io.switchgate.tunnel.UpstreamConnection} holds an upstream between its 101
 * and the client's.</li>
 * <li>{@link io.switchgate.tunnel.Tunnels} opens a {@link io.switchgate.tunnel.Tunnel},
 * which owns both connections from then on.</li>
 * <li>{@link io.switchgate.tunnel.TunnelEnd} is the handler in one pipeline. Its
 * {@code Relay} takes what the end sends, its {@code Intake} says whether it is read, its
 * {@code Outlet} writes to it.</li>
 * <li>{@code FrameWatch} finds the frames in a relay and holds control frames until they
 * are whole; {@code FrameRules} and {@code RateLimit} judge them.</li>
 * <li>{@code Ending} knows the first cause, which stays, and what is waited for until
 * both connections are closed. {@code Closing} sends the gateway's own close frames.</li>
 * <li>Time: {@code TimeWatch} serves an open tunnel, {@code QuietTime} one whose end has
 * sent a FIN or a close frame, {@code Deadline} an end that is waited for. Each has its
 * own timer.</li>
 * <li>{@link io.switchgate.tunnel.TunnelListener}s hear of everything, and change
 * nothing. {@link io.switchgate.tunnel.TunnelRegistry} is one of them.</li>
 * </ul>
 *
 * <h2>The switch</h2> The order keeps every byte, whenever it comes. <pre>
 * upstream's pipeline                      client's pipeline
 * 1 end joins, HTTP leaves;
 *   what comes waits in the end
 *                                          2 HTTP's timers and counters leave
 *                                          3 the 101 is written
 *                                          4 end joins behind the codec
 *              5 both ends are coupled: they relay from now on
 *                                          6 codec and gate leave; what they
 *                                            hold goes on through the end
 *              7 what waited goes out, reading begins
 * </pre>
 *
 * <h2>A close, from both sides (RFC 6455, section 7.1.1)</h2> <pre>
 * client                        gateway                         upstream
 *   | close 1000                   |                                |
 *   |-----------------------------&gt;|------------------------------&gt;|
 *   |                              |  cause: client-close           |
 *   |                              |                     close 1000 |
 *   |&lt;-----------------------------|&lt;-------------------------------|
 *   |                              |                            FIN |
 *   |                          FIN |&lt;-------------------------------|
 *   |&lt;-----------------------------|                                |
 *   | FIN                          |                                |
 *   |-----------------------------&gt;|  both are closed               |
 * </pre>
 *
 * <h2>A drain, from both sides</h2> <pre>
 * client                        gateway                         upstream
 *   | the message under way comes to its end first                  |
 *   |                   close 1001 |                                |
 *   |&lt;-----------------------------|                                |
 *   | what it still sends          |                                |
 *   |-----------------------------&gt;|------------------------------&gt;|
 *   | close 1001                   |                                |
 *   |-----------------------------&gt;|                     close 1001 |
 *   |                              |------------------------------&gt;|
 * </pre> Every wait is bounded: an end that takes nothing, or does not answer, is cut.
 * With HTTP/2 an end is a stream: END_STREAM stands for a FIN, a reset for a reset.
 */
@NullMarked
package io.switchgate.tunnel;

import org.jspecify.annotations.NullMarked;
