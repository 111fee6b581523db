package io.switchgate.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import io.switchgate.acceptance.RequiresTool;

/**
 * Gives tests a {@link Cluster} as a parameter, the same to all of them, and each a
 * {@link Namespace} of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RequiresTool({ "etcd", "go" })
@ExtendWith(ClusterExtension.class)
@interface OnCluster {

}
