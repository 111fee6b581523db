package io.switchgate.warmup;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.switchgate.setting.Section;

/**
 * What the gateway does between its start and its readiness.
 *
 * @param time most time for which the gateway opens tunnels to itself before it is ready,
 * so that the JVM compiles what handshakes and messages run; it ends earlier when the JVM
 * has nothing left to compile; 0s for none
 * @param exit whether the gateway stops after that time, to write an archive or an AOT
 * cache
 */
@ConfigurationProperties("switchgate.warm-up")
record WarmUpProperties(@DefaultValue("3s") Duration time, @DefaultValue("false") boolean exit) {

	WarmUpProperties {
		Section.below("switchgate.warm-up").require(!time.isNegative(), "time", time, ">= 0s");
	}

}
