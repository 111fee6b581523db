/**
 * Keeps libraries that only some routes need out of the process until a route needs them.
 */
@NullMarked
package io.switchgate.ondemand;

import org.jspecify.annotations.NullMarked;
