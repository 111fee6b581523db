package io.switchgate.probe;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS as a browser speaks it for WebSockets: with the name of the server, and HTTP/1.1
 * only.
 */
final class Tls {

	private Tls() {
	}

	static Socket over(Socket raw, Target target, boolean insecure) throws IOException {
		SSLSocket socket = (SSLSocket) context(insecure).getSocketFactory()
			.createSocket(raw, target.serverName(), target.url().port(), true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { "http/1.1" });
		if (!insecure) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return socket;
	}

	private static SSLContext context(boolean insecure) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, insecure ? new TrustManager[] { new Anyone() } : null, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Trusts anyone. The other types of trust manager would still have names checked.
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
