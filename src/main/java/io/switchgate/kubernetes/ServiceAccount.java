package io.switchgate.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

/**
 * How the pod proves to the API server who it is, and the other way round. Both files are
 * read each time: Kubernetes replaces them while the pod runs.
 *
 * @param directory directory with the files
 */
record ServiceAccount(Path directory) {

	/**
	 * Returns the token.
	 * @return token, which has no line ends
	 * @throws IOException if there is none
	 */
	String token() throws IOException {
		Path file = this.directory.resolve("token");
		String token = Files.isReadable(file) ? Files.readString(file).strip() : "";
		if (!token.matches("[!-~]+")) {
			throw new IOException(file + ": no token");
		}
		return token;
	}

	/**
	 * Returns what trusts the cluster's API server and nobody else.
	 * @throws IOException if the certificate is missing or is none
	 */
	SslContext tls() throws IOException {
		Path file = this.directory.resolve("ca.crt");
		try {
			return SslContextBuilder.forClient().trustManager(file.toFile()).build();
		}
		catch (IllegalArgumentException ex) {
			throw new IOException(file + ": no certificate of an authority", ex);
		}
	}

}
