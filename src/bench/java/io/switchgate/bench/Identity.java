package io.switchgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.fixture.Certificates;

/**
 * The certificate that every proxy presents.
 *
 * @param certificate file of it
 * @param key file of its key
 * @param both file of both
 * @param client what clients need to speak with its owner
 */
record Identity(Path certificate, Path key, Path both, SslContext client) {

	/**
	 * One cipher suite, so that all proxies do the same work.
	 */
	static final String CIPHER_SUITE = "TLS_AES_128_GCM_SHA256";

	static Identity create() {
		try {
			Path directory = BuildDirectory.fresh("identity");
			Path certificate = Files.writeString(directory.resolve("certificate.pem"), Certificates.certificate());
			return new Identity(certificate, Files.writeString(directory.resolve("key.pem"), Certificates.privateKey()),
					Files.writeString(directory.resolve("both.pem"),
							Certificates.certificate() + "\n" + Certificates.privateKey(), StandardCharsets.US_ASCII),
					SslContextBuilder.forClient()
						.sslProvider(SslProvider.JDK)
						.protocols("TLSv1.3")
						.ciphers(List.of(CIPHER_SUITE))
						.trustManager(certificate.toFile())
						.build());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
