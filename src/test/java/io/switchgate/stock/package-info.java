/**
 * Spring Cloud Gateway without anything of ours, to be compared with.
 */
@NullMarked
package io.switchgate.stock;

import org.jspecify.annotations.NullMarked;
