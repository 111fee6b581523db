package io.switchgate.transport;

import io.netty.channel.ChannelHandler;

/**
 * A handler whose channel is read while its auto-read is on, and at no other time. Other
 * channels without auto-read ask for each read, and wait for one that they have asked
 * for.
 */
public interface AutoReadHandler extends ChannelHandler {

}
