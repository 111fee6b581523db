package io.switchgate.gateway;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.StrictHttp;
import io.switchgate.fixture.Wire;
import io.switchgate.websocket.SecWebSocketKey;

/**
 * Upstream that answers every request and echoes in every tunnel, and notes what it finds
 * wrong about them.
 */
final class StrictUpstream implements AutoCloseable {

	private static final byte[] LAST = "/last HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1);

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Queue<String> faults = new ConcurrentLinkedQueue<>();

	private volatile boolean closed;

	StrictUpstream() {
		this.threads.execute(this::serve);
	}

	String uri() {
		return this.upstream.uri();
	}

	/**
	 * Returns what was wrong about requests so far.
	 */
	Queue<String> faults() {
		return this.faults;
	}

	private void serve() {
		while (!this.closed) {
			try {
				Wire wire = this.upstream.accept();
				this.threads.execute(() -> serve(wire));
			}
			catch (UncheckedIOException ex) {
				// Closed, or nobody came for a while.
			}
		}
	}

	private void serve(Wire wire) {
		try (wire) {
			StrictHttp http = new StrictHttp(wire.input());
			for (var request = http.request(); request != null; request = http.request()) {
				if (!request.all("upgrade").isEmpty()) {
					echo(wire, new SecWebSocketKey(request.all("sec-websocket-key").get(0)));
					return;
				}
				wire.send("HTTP/1.1 200 OK\nX-Served: yes\nContent-Length: 2\n\nok");
			}
		}
		catch (UncheckedIOException ex) {
			// The gateway gave the request up, because its client did.
		}
		catch (RuntimeException ex) {
			this.faults.add(ex.toString());
		}
	}

	/**
	 * Echoes until the client's last request has come, which is no request here.
	 */
	private static void echo(Wire wire, SecWebSocketKey key) {
		wire.send("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: "
				+ key.accept() + "\n\n");
		byte[] buffer = new byte[64 * 1024];
		int matched = 0;
		for (int length = wire.read(buffer); length != -1; length = wire.read(buffer)) {
			wire.send(buffer, 0, length);
			for (int i = 0; i < length && matched < LAST.length; i++) {
				matched = (buffer[i] == LAST[matched]) ? matched + 1 : (buffer[i] == LAST[0]) ? 1 : 0;
			}
			if (matched == LAST.length) {
				return;
			}
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.upstream.close();
		this.threads.shutdownNow();
	}

}
