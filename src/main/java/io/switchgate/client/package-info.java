/**
 * Handles a client's connection before its first request is complete: limits how many
 * connections there are, finds out whose they are, and limits the bytes, the size and the
 * time of a request.
 */
@NullMarked
package io.switchgate.client;

import org.jspecify.annotations.NullMarked;
