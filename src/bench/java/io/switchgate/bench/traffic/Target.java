package io.switchgate.bench.traffic;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that clients talk to.
 *
 * @param port its port on this machine
 * @param tls what clients need for TLS; clear when absent
 * @param meter its meter
 */
public record Target(int port, @Nullable SslContext tls, Meter meter) {

}
