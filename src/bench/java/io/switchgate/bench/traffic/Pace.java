package io.switchgate.bench.traffic;

import java.time.Duration;

/**
 * How long a load lasts.
 *
 * @param settle time before anything is measured
 * @param measure time for which it is measured
 */
public record Pace(Duration settle, Duration measure) {

}
