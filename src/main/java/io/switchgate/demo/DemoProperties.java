package io.switchgate.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Demo that the {@code demo} profile turns on.
 *
 * @param port port of the echo upstream on localhost; 0 takes a free one
 */
@ConfigurationProperties("switchgate.demo")
record DemoProperties(@DefaultValue("8000") int port) {

}
