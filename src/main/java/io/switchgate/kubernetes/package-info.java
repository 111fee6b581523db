/**
 * What the gateway tells the Kubernetes that it runs in about itself.
 */
@NullMarked
package io.switchgate.kubernetes;

import org.jspecify.annotations.NullMarked;
