package io.switchgate.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

/**
 * Proves the pod's identity to the API server, and the server's to the pod. Both files
 * are read each time, because Kubernetes replaces them while the pod runs.
 *
 * @param directory directory with the files
 */
record ServiceAccount(Path directory) {

	/**
	 * Reads the token.
	 * @return token without line ends
	 * @throws IOException if the file is missing
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
	 * Returns a TLS client context that trusts only the cluster's API server.
	 * @throws IOException if the certificate is missing or not valid
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
