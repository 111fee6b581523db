package io.switchgate.transport;

import io.netty.channel.ChannelHandler;

/**
 * A handler whose channel is read while its auto-read is on, and whose socket has a
 * receive buffer of bounded size: io_uring may read ahead of what is asked for.
 */
public interface AutoReadHandler extends ChannelHandler {

}
