/**
 * Speaks HTTP with upstreams.
 *
 * <h2>Who owns what</h2>
 * <ul>
 * <li>{@link io.switchgate.upstream.UpstreamDialer} dials for an upgrade on the client's
 * event loop, sends it and waits for the answer. It owns the connection until then.</li>
 * <li>{@link io.switchgate.upstream.UpstreamAnswer} gives it away: after a 101 as an
 * {@link io.switchgate.tunnel.UpstreamConnection} without HTTP, which its new owner opens
 * a tunnel with or closes. After any other answer the connection still holds the body,
 * which Spring Cloud Gateway's write filter reads.</li>
 * <li>{@link io.switchgate.upstream.UpstreamListener} is told about the connection, the
 * request and the answer. The caller passes the check of a 101.</li>
 * <li>Spring Cloud Gateway sends plain requests. This package adds their time limits
 * ({@link io.switchgate.upstream.AnswerDeadline}) and checks their answers more strictly
 * ({@link io.switchgate.upstream.UpstreamExchange}).</li>
 * </ul>
 *
 * <h2>HTTP/1.1: one connection for each upgrade, never pooled</h2> <pre>
 * gateway                                    upstream
 *   | TCP, and TLS for https                     |
 *   |&lt;------------------------------------------&gt;|
 *   | GET /ws HTTP/1.1                           |
 *   | Upgrade: websocket                         |
 *   | Connection: Upgrade                        |
 *   |-------------------------------------------&gt;|
 *   | HTTP/1.1 103 Early Hints (skipped)         |
 *   | HTTP/1.1 101 Switching Protocols           |
 *   |&lt;-------------------------------------------|
 *   | the HTTP client leaves the pipeline; bytes |
 *   | that came with the 101 wait for the tunnel |
 * </pre> Handlers of a connection, in this order: {@code ForeignAnswer} (answers that are
 * no HTTP), Netty's codec, {@code UpstreamExchange}, and for plain requests
 * {@code AnswerDeadline}.
 *
 * <h2>HTTP/2: one stream for each upgrade, on shared connections (RFC 8441)</h2> <pre>
 * gateway                                    upstream
 *   | TCP, and TLS with ALPN h2 for https        |
 *   | PRI * HTTP/2.0, SETTINGS                   |
 *   |-------------------------------------------&gt;|
 *   | SETTINGS_ENABLE_CONNECT_PROTOCOL: 1        |
 *   |&lt;-------------------------------------------|
 *   | HEADERS :method: CONNECT                   |
 *   |         :protocol: websocket               |
 *   |-------------------------------------------&gt;|
 *   | HEADERS :status: 200                       |
 *   |&lt;-------------------------------------------|
 *   | the same as a 101, for everybody above     |
 * </pre> {@code SharedConnection} owns a connection and says whether its upstream takes
 * WebSockets; {@code UpstreamStream} turns one upgrade into a CONNECT and its 200 into
 * the 101. A stream that the upstream has refused or never seen is tried once more.
 */
@NullMarked
package io.switchgate.upstream;

import org.jspecify.annotations.NullMarked;
