package io.switchgate.upstream;

import java.util.Arrays;

import io.netty.handler.codec.http.HttpVersion;

/**
 * HTTP versions that the gateway can use towards an upstream.
 */
public enum UpstreamHttpVersion {

	/**
	 * HTTP/1.0, as used by an nginx without {@code proxy_http_version 1.1}.
	 */
	HTTP_1_0("1.0", HttpVersion.HTTP_1_0),

	/**
	 * HTTP/1.1, which RFC 6455 requires.
	 */
	HTTP_1_1("1.1", HttpVersion.HTTP_1_1),

	/**
	 * HTTP/2, with extended CONNECTs (RFC 8441).
	 */
	HTTP_2("2", HttpVersion.valueOf("HTTP/2.0"));

	private final String value;

	private final HttpVersion version;

	UpstreamHttpVersion(String value, HttpVersion version) {
		this.value = value;
		this.version = version;
	}

	/**
	 * Returns the version for a request.
	 */
	public HttpVersion version() {
		return this.version;
	}

	/**
	 * Reads a version.
	 * @param value 1.0, 1.1 or 2
	 * @throws IllegalArgumentException if it is another version
	 */
	public static UpstreamHttpVersion parse(String value) {
		return Arrays.stream(values())
			.filter((candidate) -> candidate.value.equals(value))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(value + " (expected: 1.0, 1.1 or 2)"));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
