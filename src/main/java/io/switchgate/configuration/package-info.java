/**
 * Reads the configuration: checks it at the start and in the command {@code check}, and
 * replaces the routes while the gateway runs.
 */
@NullMarked
package io.switchgate.configuration;

import org.jspecify.annotations.NullMarked;
