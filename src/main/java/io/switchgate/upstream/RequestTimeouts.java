package io.switchgate.upstream;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;

import io.switchgate.setting.InvalidSettingException;
import io.switchgate.setting.Section;

/**
 * Time limits that a route sets for its plain requests, in its metadata.
 *
 * @param answer time from the end of the request to the head of the answer, from
 * {@code response-timeout}; zero for any time
 * @param stall time that an end may take nothing, from {@code stall-time}; zero for any
 * time
 */
public record RequestTimeouts(@Nullable Duration answer, @Nullable Duration stall) {

	private static final String STALL = "stall-time";

	/**
	 * Reads the limits of a route. Spring Cloud Gateway's own limit is in milliseconds,
	 * and negative for no limit.
	 * @return limits, absent where the route sets none
	 * @throws InvalidSettingException if one of them is not a valid time
	 */
	public static RequestTimeouts of(Map<String, Object> metadata) {
		Duration answer = HandshakeTimeouts.read(metadata, RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR,
				(text) -> DurationStyle.detectAndParse(text, ChronoUnit.MILLIS),
				"a time, as in 30s, milliseconds, or -1 for none");
		Duration stall = HandshakeTimeouts.read(metadata, STALL, DurationStyle::detectAndParse, "a time, as in 30s");
		Section.METADATA.require(answer == null || !answer.isZero(), RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, answer,
				"> 0, or -1 for none");
		Section.METADATA.require(stall == null || !stall.isNegative(), STALL, stall, ">= 0");
		return new RequestTimeouts((answer != null && answer.isNegative()) ? Duration.ZERO : answer, stall);
	}

	/**
	 * Returns these limits, completed with others where the route sets none.
	 */
	public RequestTimeouts or(Duration otherAnswer, Duration otherStall) {
		return new RequestTimeouts(Objects.requireNonNullElse(this.answer, otherAnswer),
				Objects.requireNonNullElse(this.stall, otherStall));
	}

	/**
	 * Returns a route without Spring Cloud Gateway's own time limit. That limit includes
	 * the dial and the time for sending the request, so it would abort long uploads.
	 */
	public static Route without(Route route) {
		Map<String, Object> metadata = new HashMap<>(route.getMetadata());
		metadata.put(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, -1);
		return Route.async()
			.id(route.getId())
			.uri(route.getUri())
			.order(route.getOrder())
			.asyncPredicate(route.getPredicate())
			.replaceFilters(route.getFilters())
			.metadata(metadata)
			.build();
	}

}
