/**
 * Shows operators on one page what the gateway does. It is served on the management port.
 */
@NullMarked
package io.switchgate.console;

import org.jspecify.annotations.NullMarked;
