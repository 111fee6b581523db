/**
 * Tells Kubernetes about the pod that the gateway runs in.
 */
@NullMarked
package io.switchgate.kubernetes;

import org.jspecify.annotations.NullMarked;
