package io.switchgate.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SocketBuffersTests {

	@Test
	void ignoresAChannelThatWasClosedDuringTheSwitch() {
		Channel channel = new NioSocketChannel();
		channel.unsafe().closeForcibly();
		assertThatException().isThrownBy(() -> channel.config().setOption(ChannelOption.SO_RCVBUF, 4096));
		DataSize size = DataSize.ofKilobytes(4);
		SocketBuffers buffers = new SocketBuffers(size, size);
		assertThatNoException().isThrownBy(() -> buffers.bound(channel));
	}

}
