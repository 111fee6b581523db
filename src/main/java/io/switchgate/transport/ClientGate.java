package io.switchgate.transport;

import io.netty.channel.ChannelHandler;

/**
 * A handler that stands between a client and HTTP. A tunnel removes it once the client
 * has its 101: what the gate still holds of the client's bytes then goes on.
 */
public interface ClientGate extends ChannelHandler {

}
