package io.switchgate.client;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.CharsetUtil;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that wait, whatever their receiver does with them.
 */
class EarlyBytesTests {

	private final EarlyBytes early = new EarlyBytes(4);

	private final List<String> received = new ArrayList<>();

	private void hold(String text) {
		this.early.hold(Unpooled.copiedBuffer(text, CharsetUtil.US_ASCII));
	}

	private void receive(ByteBuf bytes) {
		this.received.add(bytes.toString(CharsetUtil.US_ASCII));
		bytes.release();
	}

	@Test
	void handsOverWhatIsHeldInOrder() {
		hold("ab");
		assertThat(this.early.areEnough()).isFalse();
		hold("cd");
		assertThat(this.early.areEnough()).isTrue();
		this.early.drainTo(this::receive);
		assertThat(this.received).containsExactly("ab", "cd");
		assertThat(this.early.areEnough()).isFalse();
	}

	@Test
	void keepsTheOrderOfWhatIsHeldAgain() {
		hold("ab");
		hold("cd");
		this.early.drainTo(this.early::hold);
		assertThat(this.early.areEnough()).isTrue();
		this.early.drainTo(this::receive);
		assertThat(this.received).containsExactly("ab", "cd");
	}

	@Test
	void endsWhenTheReceiverDropsTheRest() {
		hold("ab");
		hold("cd");
		hold("ef");
		this.early.drainTo((first) -> {
			first.release();
			this.early.drainTo(this::receive);
		});
		assertThat(this.received).containsExactly("cd", "ef");
	}

}
