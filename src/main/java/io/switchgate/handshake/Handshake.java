package io.switchgate.handshake;

import java.time.Duration;

/**
 * A handshake that is over.
 *
 * @param route id of the route that it took
 * @param outcome how it went
 * @param status HTTP status that the client got; 499, as nginx has it, if the client left
 * before there was one
 * @param duration time from the route's choice to the answer
 */
public record Handshake(String route, HandshakeOutcome outcome, int status, Duration duration) {

	static final int CLIENT_LEFT = 499;

}
