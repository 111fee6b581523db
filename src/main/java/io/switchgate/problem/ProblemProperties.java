package io.switchgate.problem;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Answers of the gateway's own.
 *
 * @param showUpstream whether they name the upstream and the route to the client; log and
 * journal always do
 */
@ConfigurationProperties("switchgate.problem")
record ProblemProperties(@DefaultValue("false") boolean showUpstream) {

}
