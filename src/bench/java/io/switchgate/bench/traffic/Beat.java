package io.switchgate.bench.traffic;

import java.time.Duration;

/**
 * When clients send, whatever has come back.
 *
 * @param connections number of clients
 * @param period time after which each of them sends again
 * @param batch messages that it sends at once
 * @param together whether all send at the same time; by chance within the period
 * otherwise
 */
record Beat(int connections, Duration period, int batch, boolean together) {

}
