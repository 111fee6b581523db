package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * nginx as a proxy in front of an upstream. It has a directory of its own and needs no
 * root.
 */
final class Nginx implements AutoCloseable {

	private static final String CONFIGURATION = """
			daemon off;
			worker_processes 1;
			pid nginx.pid;
			error_log stderr notice;
			events {
			}
			http {
				access_log off;
				client_body_temp_path body;
				proxy_temp_path proxy;
				fastcgi_temp_path fastcgi;
				uwsgi_temp_path uwsgi;
				scgi_temp_path scgi;
				server {
					listen 127.0.0.1:%d;
					location / {
						proxy_pass http://127.0.0.1:%d;
						%s
					}
				}
			}
			""";

	private final Program program;

	private final int port;

	private Nginx(Program program, int port) {
		this.program = program;
		this.port = port;
		program.awaitLine("start worker process ");
	}

	/**
	 * Starts nginx without a configuration for WebSocket. HTTP/1.0 is the default up to
	 * 1.29, and is set for later versions.
	 */
	static Nginx unconfigured(int upstreamPort) {
		return start(upstreamPort, "proxy_http_version 1.0;");
	}

	/**
	 * Starts nginx with the configuration for WebSocket in its documentation.
	 */
	static Nginx configured(int upstreamPort) {
		return start(upstreamPort, """
				proxy_http_version 1.1;
				proxy_set_header Upgrade $http_upgrade;
				proxy_set_header Connection "upgrade";""");
	}

	private static Nginx start(int upstreamPort, String directives) {
		Path directory = BuildDirectory.fresh("nginx");
		int port = FreePort.find();
		try {
			Files.writeString(directory.resolve("nginx.conf"), CONFIGURATION.formatted(port, upstreamPort, directives));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Nginx(
				Program.start(directory, Tool.path("nginx"), "-p", directory, "-c", "nginx.conf", "-e", "stderr"),
				port);
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.program.close();
	}

}
