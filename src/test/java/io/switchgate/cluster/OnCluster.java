package io.switchgate.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import io.switchgate.acceptance.RequiresTool;

/**
 * Gives tests a {@link Namespace} of their own as a parameter, and a {@link Kubelet} for
 * it to those that ask for one. The cluster is the same for all.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RequiresTool({ "etcd", "go" })
@ExtendWith(ClusterExtension.class)
@interface OnCluster {

}
