package io.switchgate.tunnel;

/**
 * What happens to frames that break RFC 6455.
 */
public enum FrameMode {

	/**
	 * Everything passes, pings are not limited, and the gateway sends none of its own.
	 * Where nobody can tell any more where a frame ends, the rest passes uncounted and
	 * unlimited.
	 */
	TRANSPARENT,

	/**
	 * What hides where frames end is refused with 1002: a length with its top bit set,
	 * control frames in pieces or over 125 bytes. The rest passes.
	 */
	LENIENT,

	/**
	 * Everything that can be seen in a frame's header is refused with 1002.
	 */
	STRICT

}
