package io.switchgate.transport;

import io.netty.channel.ChannelHandler;

/**
 * A handler for channels that use auto-read, with a bounded receive buffer of the socket.
 * For such a channel io_uring may read before somebody asks for it.
 */
public interface AutoReadHandler extends ChannelHandler {

}
