package io.switchgate.bench.traffic;

import java.time.Duration;

/**
 * How long a load lasts.
 *
 * @param settle time before anything is measured
 * @param measure time for which it is measured
 * @param warmUp how loads prepare a proxy that do it in their course
 */
public record Pace(Duration settle, Duration measure, WarmUp warmUp) {

}
