package io.switchgate.observability;

/**
 * Runs an action within the span of a handshake, so that meters record the span as an
 * exemplar.
 */
@FunctionalInterface
interface HandshakeScope {

	void within(String handshake, Runnable action);

}
