/**
 * Keeps libraries that only some routes need out of the process until one does.
 */
@NullMarked
package io.switchgate.ondemand;

import org.jspecify.annotations.NullMarked;
