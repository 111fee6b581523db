package io.switchgate.tunnel;

import org.jspecify.annotations.Nullable;

/**
 * What the handshake of a tunnel has settled.
 *
 * @param route id of the route that it took
 * @param generation how often the routes had been changed when it did
 * @param upstream scheme, host and port of the upstream, as in
 * {@code http://localhost:8000}
 * @param client address of the client, as the trusted hops in front tell it
 * @param subprotocol subprotocol that the upstream chose, unless it may be a secret
 * @param extensions extensions that the upstream accepted, as its header has them
 * @param limits what the ends may do
 */
public record TunnelTerms(String route, int generation, String upstream, String client, @Nullable String subprotocol,
		@Nullable String extensions, TunnelLimits limits) {

}
