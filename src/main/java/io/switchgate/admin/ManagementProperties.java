package io.switchgate.admin;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.switchgate.setting.Section;

/**
 * Management port.
 *
 * @param hosts names besides localhost, addresses, the machine's own and those without a
 * dot by which the management port may be called, as in gateway.example.com or
 * *.example.com
 */
@ConfigurationProperties("switchgate.management")
record ManagementProperties(@DefaultValue List<String> hosts) {

	ManagementProperties {
		for (String host : hosts) {
			Section.below("switchgate.management")
				.require(host.matches("\\*|(\\*\\.)?[A-Za-z0-9_.-]+"), "hosts", host,
						"a name without a port, as in gateway.example.com, *.example.com or *");
		}
	}

}
