package io.switchgate.probe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.ConnectionFacts;
import io.switchgate.problem.ProblemCause;

/**
 * Connection to a target.
 */
final class Connection implements AutoCloseable {

	private final ConnectionFacts facts;

	private final Socket raw;

	private final Socket socket;

	private final InputStream in;

	private Connection(Socket raw, Socket socket) throws IOException {
		this.raw = raw;
		this.socket = socket;
		this.in = new BufferedInputStream(socket.getInputStream());
		this.facts = new ConnectionFacts(text(raw.getLocalAddress(), raw.getLocalPort()),
				text(raw.getInetAddress(), raw.getPort()), tls(socket), null);
	}

	/**
	 * Resolves the target's name, connects and does the TLS handshake.
	 * @throws ProbeException if one of these steps failed
	 */
	static Connection open(Target target, Tls tls, Steps steps) throws ProbeException {
		Socket raw = connect(target.address(), steps);
		try {
			return new Connection(raw, target.tls() ? encrypt(target, raw, tls, steps) : raw);
		}
		catch (IOException ex) {
			throw new ProbeException(ProblemCause.UPSTREAM_CLOSED, reason(ex));
		}
	}

	private static Socket connect(Address address, Steps steps) throws ProbeException {
		InetAddress[] found = resolve(address, steps);
		try {
			return steps.take("connect", () -> connect(found, address.port(), steps));
		}
		catch (SocketTimeoutException ex) {
			throw new ProbeException(ProblemCause.UPSTREAM_CONNECT_TIMEOUT,
					"no connection to " + address + " within " + Times.text(steps.timeout()));
		}
		catch (IOException ex) {
			throw new ProbeException(ProblemCause.UPSTREAM_REFUSED, "no connection to " + ex.getMessage());
		}
	}

	private static InetAddress[] resolve(Address address, Steps steps) throws ProbeException {
		try {
			return steps.take("resolve", () -> InetAddress.getAllByName(address.host()));
		}
		catch (UnknownHostException ex) {
			throw new ProbeException(ProblemCause.UPSTREAM_UNKNOWN, address.host() + " has no address");
		}
		catch (IOException ex) {
			throw new ProbeException(ProblemCause.UPSTREAM_UNKNOWN, address.host() + ": " + reason(ex));
		}
	}

	/**
	 * Tries one address after the other, because localhost may be {@code ::1} and
	 * {@code 127.0.0.1}. Each address gets an equal part of the time.
	 */
	private static Socket connect(InetAddress[] addresses, int port, Steps steps) throws IOException {
		int millis = (int) Math.max(1, steps.timeout().toMillis() / addresses.length);
		StringBuilder failures = new StringBuilder();
		boolean late = false;
		for (InetAddress address : addresses) {
			Socket socket = new Socket();
			try {
				socket.setTcpNoDelay(true);
				socket.connect(new InetSocketAddress(address, port), millis);
				return socket;
			}
			catch (IOException ex) {
				socket.close();
				late |= ex instanceof SocketTimeoutException;
				failures.append((failures.length() > 0) ? ", " : "")
					.append(text(address, port))
					.append(" (")
					.append(reason(ex))
					.append(')');
			}
		}
		throw late ? new SocketTimeoutException(failures.toString()) : new ConnectException(failures.toString());
	}

	private static Socket encrypt(Target target, Socket raw, Tls tls, Steps steps) throws ProbeException {
		try {
			return steps.take("TLS", () -> tls.over(raw, target));
		}
		catch (SocketTimeoutException ex) {
			close(raw);
			throw new ProbeException(ProblemCause.UPSTREAM_CONNECT_TIMEOUT,
					"no TLS handshake with " + target.address() + " within " + Times.text(steps.timeout()));
		}
		catch (IOException ex) {
			close(raw);
			throw new ProbeException(ProblemCause.UPSTREAM_TLS_FAILED, reason(ex));
		}
	}

	private static ConnectionFacts.@Nullable Tls tls(Socket socket) {
		if (!(socket instanceof SSLSocket encrypted)) {
			return null;
		}
		SSLSession session = encrypted.getSession();
		String protocol = encrypted.getApplicationProtocol();
		return new ConnectionFacts.Tls(session.getProtocol(), session.getCipherSuite(),
				(protocol != null && !protocol.isEmpty()) ? protocol : null);
	}

	ConnectionFacts facts() {
		return this.facts;
	}

	InputStream input() {
		return this.in;
	}

	/**
	 * Sends bytes.
	 * @throws IOException if they could not be sent
	 */
	void send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		this.socket.getOutputStream().flush();
	}

	/**
	 * Ends the connection, with a TLS close if it uses TLS.
	 * @throws IOException if the connection has already broken
	 */
	void end() throws IOException {
		this.socket.close();
	}

	private static String text(InetAddress address, int port) {
		String text = address.getHostAddress().replaceFirst("%.*", "");
		return ((text.indexOf(':') != -1) ? "[" + text + "]" : text) + ":" + port;
	}

	/**
	 * Returns the message of an error, or its type if it has no message.
	 */
	static String reason(IOException error) {
		String message = error.getMessage();
		return (message != null) ? message : error.getClass().getSimpleName();
	}

	/**
	 * Closes the socket below TLS, so that nobody waits for a TLS close.
	 */
	@Override
	public void close() {
		close(this.raw);
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// The connection is no longer used, so the error does not matter.
		}
	}

}
