package io.switchgate.transport;

import io.netty.channel.ChannelHandler;

/**
 * A handler between a client and the HTTP codec. A tunnel removes it after the client's
 * 101. The gate then passes on the bytes of the client that it still holds.
 */
public interface ClientGate extends ChannelHandler {

}
