package io.switchgate.handshake;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Addresses of one client, and of two.
 */
class ClientNetworkTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.2, false", "2001:db8::1, 2001:db8::2, true",
			"2001:db8:0:1::1, 2001:db8:0:1:ffff::, true", "2001:db8:0:1::1, 2001:db8:0:2::1, false",
			"::ffff:192.0.2.1, ::ffff:192.0.2.2, false", "::1, ::1, true", "unknown, unknown, true" })
	void countsAnIpv6ClientAsItsNetwork(String one, String other, boolean same) {
		assertThat(ClientNetwork.of(one).equals(ClientNetwork.of(other))).isEqualTo(same);
	}

}
