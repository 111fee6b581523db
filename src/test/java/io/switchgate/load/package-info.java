/**
 * Load tests, which measure and are run by hand. Each gateway runs in a process of its
 * own, so that files, memory and event loops are those of the gateway only.
 */
@NullMarked
package io.switchgate.load;

import org.jspecify.annotations.NullMarked;
