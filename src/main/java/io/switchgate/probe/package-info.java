/**
 * Makes a handshake from the command line and reports the result. It uses neither Spring
 * nor Netty.
 */
@NullMarked
package io.switchgate.probe;

import org.jspecify.annotations.NullMarked;
