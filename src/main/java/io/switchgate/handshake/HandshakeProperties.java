package io.switchgate.handshake;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.switchgate.setting.Section;

/**
 * How handshakes are carried.
 *
 * @param timeout time from dialling the upstream to its answer; handshake-timeout in the
 * metadata of a route overrides it there
 * @param acceptHttp10 whether handshakes over HTTP/1.0 are accepted
 * @param inFlight handshakes of one route that may be under way at once; more of them
 * wait
 * @param rate handshakes in a second, of all routes; 0 sets none: event loops then begin
 * as many as they can bear
 * @param rateWait longest time that a handshake may wait until it begins, because of the
 * rate, of the route or of busy event loops; 0 lets none wait
 */
@ConfigurationProperties("switchgate.handshake")
record HandshakeProperties(@DefaultValue("10s") Duration timeout, @DefaultValue("false") boolean acceptHttp10,
		@DefaultValue("1024") int inFlight, @DefaultValue("0") int rate, @DefaultValue("10s") Duration rateWait) {

	private static final int MAX_RATE = 1_000_000;

	HandshakeProperties {
		Section own = Section.below("switchgate.handshake");
		own.require(!timeout.isNegative() && !timeout.isZero(), "timeout", timeout, "> 0");
		own.require(inFlight > 0, "in-flight", inFlight, "> 0");
		own.require(rate >= 0 && rate <= MAX_RATE, "rate", rate, "0 to " + MAX_RATE);
		own.require(!rateWait.isNegative(), "rate-wait", rateWait, ">= 0");
	}

}
