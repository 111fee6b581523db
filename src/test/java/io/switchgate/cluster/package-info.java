/**
 * The chart, and the gateway as a pod, before a real API server and its controllers.
 * Nothing runs the pods: a {@link io.switchgate.cluster.Kubelet} says that they run.
 */
@NullMarked
package io.switchgate.cluster;

import org.jspecify.annotations.NullMarked;
