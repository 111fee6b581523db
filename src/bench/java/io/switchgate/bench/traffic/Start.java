package io.switchgate.bench.traffic;

/**
 * What it took until a proxy was ready.
 *
 * @param seconds time since its process was started
 * @param cpuSeconds CPU time of its processes
 */
public record Start(double seconds, double cpuSeconds) {

}
