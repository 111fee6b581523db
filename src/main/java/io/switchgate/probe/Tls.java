package io.switchgate.probe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * TLS as a browser uses it for WebSockets: with the server's name, and HTTP/1.1 only.
 */
final class Tls {

	private final boolean insecure;

	/**
	 * Decides about certificates, or null for Java's trust store.
	 */
	private final TrustManager @Nullable [] trust;

	private Tls(boolean insecure, TrustManager @Nullable [] trust) {
		this.insecure = insecure;
		this.trust = trust;
	}

	/**
	 * Accepts every certificate, whatever its name.
	 */
	static Tls insecure() {
		return new Tls(true, new TrustManager[] { new Anyone() });
	}

	/**
	 * Accepts only certificates that are in a file or signed by one in it.
	 * @param file file in PEM, or null for Java's trust store
	 */
	static Tls trusting(@Nullable String file) {
		return new Tls(false, (file != null) ? authorities(file) : null);
	}

	private static TrustManager[] authorities(String file) {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
				store.setCertificateEntry(String.valueOf(store.size()), certificate);
			}
			if (store.size() > 0) {
				TrustManagerFactory factory = TrustManagerFactory
					.getInstance(TrustManagerFactory.getDefaultAlgorithm());
				factory.init(store);
				return factory.getTrustManagers();
			}
		}
		catch (IOException | InvalidPathException | GeneralSecurityException ex) {
			// The file has no certificates either.
		}
		throw new MisuseException("--cacert: " + Printable.of(file) + " (expected: a file of certificates in PEM)");
	}

	boolean isInsecure() {
		return this.insecure;
	}

	Socket over(Socket raw, Target target) throws IOException {
		SSLSocket socket = (SSLSocket) context().getSocketFactory()
			.createSocket(raw, target.serverName(), target.url().port(), true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { "http/1.1" });
		if (!this.insecure) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return socket;
	}

	private SSLContext context() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, this.trust, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Trusts every certificate. It extends this type because Java would still check names
	 * for the other types of trust manager.
	 */
	private static final class Anyone extends X509ExtendedTrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
