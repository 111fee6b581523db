package io.switchgate.gateway;

import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Causes;
import io.switchgate.fixture.CloseFrames;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;
import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.CloseOrder;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelRegistry;
import io.switchgate.tunnel.TunnelSnapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each tunnel ends with one cause, whatever follows its first sign; and an end in peace
 * cuts no message.
 */
class CloseCauseGatewayTests {

	private static final String LANES = "io.switchgate.fixture.Lane#all";

	private static final String VERSIONS = "io.switchgate.fixture.Lane#versions";

	private static final String REASON = "Enough";

	@ParameterizedTest
	@MethodSource(LANES)
	void namesACloseFrameOfTheClient(Lane lane) {
		assertCause(lane, "client-close", 1000, (ends) -> {
			ends.client().send(Frame.close(1000, "").mask().bytes());
			assertThat(ends.upstream().frame().code()).isEqualTo(1000);
			ends.upstream().send(Frame.close(1000, "").bytes());
			ends.upstream().fin();
			assertThat(ends.client().frame().code()).isEqualTo(1000);
			ends.client().fin();
		});
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void namesACloseFrameOfTheUpstream(Lane lane) {
		assertCause(lane, "upstream-close", 1012, (ends) -> {
			ends.upstream().send(Frame.close(1012, "").bytes());
			ends.upstream().fin();
			ends.client().awaitEnd();
			ends.client().fin();
		});
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void namesAFinOfTheClient(Lane lane) {
		assertCause(lane, "client-fin", 1006, (ends) -> {
			ends.client().fin();
			ends.upstream().awaitEnd();
			ends.upstream().fin();
		});
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void namesAFinOfTheUpstream(Lane lane) {
		assertCause(lane, "upstream-fin", 1006, (ends) -> {
			ends.upstream().fin();
			ends.client().awaitEnd();
			ends.client().fin();
		});
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#resettable")
	void namesAResetOfTheClient(Lane lane) {
		assertCause(lane, "client-reset", 1006, (ends) -> {
			ends.client().reset();
			ends.upstream().awaitEnd();
		});
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#resettable")
	void namesAResetOfTheUpstream(Lane lane) {
		assertCause(lane, "upstream-reset", 1006, (ends) -> {
			ends.upstream().reset();
			ends.client().awaitEnd();
		});
	}

	private static void assertCause(Lane lane, String cause, int code, Consumer<Lane.Ends> end) {
		Causes causes = Causes.expect(lane.gateway(), cause, code);
		try (Lane.Ends ends = lane.open()) {
			end.accept(ends);
		}
		causes.await();
	}

	/**
	 * Ends every tunnel of a gateway, and waits until they know it: the lanes' tests run
	 * one after the other.
	 */
	private static void close(Gateway gateway, Duration grace) {
		CloseOrder order = new CloseOrder(CloseCause.GATEWAY_OPERATOR, 1012, REASON, grace);
		TunnelRegistry registry = gateway.bean(TunnelRegistry.class);
		registry.tell((tunnel) -> tunnel.close(order));
		assertThat(registry.ask(Tunnel::snapshot).block()).isNotEmpty()
			.extracting(TunnelSnapshot::cause)
			.doesNotContainNull();
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void waitsForTheEndOfAMessageAndTakesWhatTheClientStillSays(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "gateway-operator", 1012);
		try (Lane.Ends ends = lane.open()) {
			byte[] first = new Frame(0x01, false, new byte[5]).bytes();
			ends.upstream().send(first);
			assertThat(ends.client().read(first.length)).isEqualTo(first);
			close(lane.gateway(), Duration.ofSeconds(20));
			byte[] last = new Frame(0x80, false, new byte[6]).bytes();
			ends.upstream().send(last).send(Frame.text("too late").bytes());
			assertThat(ends.client().read(last.length)).isEqualTo(last);
			CloseFrames.expect(ends.client().frame(), false, 1012, REASON);
			ends.client().send(Frame.text("last words").mask().bytes());
			assertThat(ends.upstream().frame().text()).isEqualTo("last words");
			ends.client().send(Frame.close(1012, "").mask().bytes());
			CloseFrames.expect(ends.upstream().frame(), true, 1012, REASON);
			ends.upstream().send(Frame.close(1012, "").bytes());
			assertThat(ends.client().rest()).isEmpty();
			assertThat(ends.upstream().rest()).isEmpty();
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource(VERSIONS)
	void waitsNoLongerForTheEndOfAMessageThanItsGrace(Lane lane) {
		Gateway gateway = lane.gateway();
		try (Lane.Ends ends = lane.open()) {
			byte[] first = new Frame(0x01, false, new byte[5]).bytes();
			ends.upstream().send(first);
			assertThat(ends.client().read(first.length)).isEqualTo(first);
			close(gateway, Duration.ofMillis(100));
			CloseFrames.expect(ends.client().frame(), false, 1012, REASON);
		}
	}

	@ParameterizedTest
	@MethodSource(VERSIONS)
	void cutsAFrameThatDoesNotGoOn(Lane lane) {
		Gateway gateway = lane.gateway();
		Causes cause = Causes.expect(gateway, "gateway-operator", 1012);
		try (Lane.Ends ends = lane.open()) {
			ends.upstream().send(Frame.binary(new byte[100]).bytes(), 0, 50);
			assertThat(ends.client().read(50)).hasSize(50);
			close(gateway, Duration.ofMillis(100));
			assertThat(ends.client().rest()).as("half a frame and no close frame in it").isEmpty();
			CloseFrames.expect(ends.upstream().frame(), true, 1012, REASON);
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#fronts")
	void cutsEndsThatNeverAnswer(Front front) {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.front(front)
					.route("chat", upstreams.uri())
					.property("switchgate.tunnel.close-wait", "200ms")
					.start();
				Lane.Ends ends = Lane.Ends.open(gateway, "/chat", upstreams)) {
			Causes cause = Causes.expect(gateway, "gateway-operator", 1012);
			close(gateway, Duration.ZERO);
			CloseFrames.expect(ends.client().frame(), false, 1012, REASON);
			CloseFrames.expect(ends.upstream().frame(), true, 1012, REASON);
			ends.client().awaitEnd();
			ends.upstream().awaitEnd();
			cause.await();
		}
	}

	@ParameterizedTest
	@MethodSource(VERSIONS)
	void answersNoCloseFrameThatCrossesItsOwn(Lane lane) {
		Gateway gateway = lane.gateway();
		try (Lane.Ends ends = lane.open()) {
			close(gateway, Duration.ZERO);
			Wire client = ends.client();
			client.send(Frame.text("before").mask().bytes()).send(Frame.close(1000, "mine").mask().bytes());
			CloseFrames.expect(client.frame(), false, 1012, REASON);
			assertThat(ends.upstream().frame().text()).isEqualTo("before");
			CloseFrames.expect(ends.upstream().frame(), true, 1012, REASON);
			ends.upstream().send(Frame.close(1012, "").bytes());
			assertThat(client.rest()).isEmpty();
		}
	}

}
