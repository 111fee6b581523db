package io.switchgate.observability;

/**
 * Runs something within the span of a handshake, so that meters take it as an example.
 */
@FunctionalInterface
interface HandshakeScope {

	void within(String handshake, Runnable action);

}
