package io.switchgate.bench;

import java.util.List;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import io.switchgate.bench.traffic.Load;
import io.switchgate.peers.Proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionsTests {

	private static Options parse(String... pairs) {
		Properties properties = new Properties();
		for (String pair : pairs) {
			int equals = pair.indexOf('=');
			properties.setProperty(pair.substring(0, equals), pair.substring(equals + 1));
		}
		return Options.parse(properties);
	}

	@Test
	void measuresEverythingUnlessTold() {
		Options options = parse("java.version=17");
		assertThat(options.loads()).containsExactly(Load.values());
		assertThat(options.peers()).isEmpty();
		assertThat(options.microbenchmarks()).isFalse();
		assertThat(options.plan()).isEqualTo(new Options.Plan(3, 5, 60));
	}

	@Test
	void measuresWhatIsNamed() {
		Options options = parse("bench.loads=open, closed-64", "bench.peers=nginx,switchgate", "bench.seconds=3",
				"bench.transport=epoll", "bench.jvm=-Xmx64m -XX:+UseSerialGC");
		assertThat(options.loads()).containsExactly(Load.CLOSED_64, Load.OPEN);
		assertThat(options.peers()).containsExactlyInAnyOrder(Proxy.NGINX, Proxy.SWITCHGATE);
		assertThat(options.plan().seconds()).isEqualTo(3);
		assertThat(options.variants().transports()).containsExactly("epoll");
		assertThat(options.variants().jvm()).isEqualTo(List.of("-Xmx64m", "-XX:+UseSerialGC"));
	}

	@Test
	void leavesProxiesAloneForMicrobenchmarks() {
		assertThat(parse("bench.loads=jmh").loads()).isEmpty();
		assertThat(parse("bench.loads=jmh,open").loads()).containsExactly(Load.OPEN);
	}

	@Test
	void saysWhatIsAllowed() {
		assertWrong("bench.load=open", "option: bench.load (expected: bench.loads, ");
		assertWrong("bench.loads=opne", "bench.loads: opne (expected: closed-64, ");
		assertWrong("bench.peers=apache", "bench.peers: apache (expected: switchgate, ");
		assertWrong("bench.transport=kqueue", "bench.transport: kqueue (expected: io_uring, epoll, nio)");
		assertWrong("bench.rounds=0", "bench.rounds: 0 (expected: 1 to 9999)");
		assertWrong("bench.jdk25=/nowhere", "bench.jdk25: /nowhere (expected: the home of a JDK)");
		assertWrong("bench.nginx=/nowhere", "bench.nginx: /nowhere (expected: a file)");
	}

	private static void assertWrong(String pair, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> parse(pair)).withMessageStartingWith(message);
	}

}
