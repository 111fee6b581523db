package io.switchgate.bench.traffic;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that clients talk to.
 *
 * @param port its port on this machine
 * @param tls what clients need for TLS; clear when absent
 * @param start what its start took
 * @param meter its meter
 * @param operator who restarts it
 */
public record Target(int port, @Nullable SslContext tls, Start start, Meter meter, Operator operator) {

}
