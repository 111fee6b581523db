/**
 * The image, built from its Dockerfile and run as a cluster would run it.
 */
@NullMarked
package io.switchgate.image;

import org.jspecify.annotations.NullMarked;
