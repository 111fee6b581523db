/**
 * Shows operators on one page what the gateway does, over the management port.
 */
@NullMarked
package io.switchgate.console;

import org.jspecify.annotations.NullMarked;
