package io.switchgate.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients that fail to speak TLS learn why, if they can read it, and the log has a line.
 */
@ExtendWith(OutputCaptureExtension.class)
class TlsFailureGatewayTests {

	private static final String SECRET = "s3cr3tS3cr3t9";

	private static final String HEX = HexFormat.of().formatHex("3cr3t".getBytes(StandardCharsets.US_ASCII));

	private static final int TLS_1_1 = 0x0302;

	private static final int TLS_1_2 = 0x0303;

	private static final int AES_128_GCM = 0xC02F;

	private static final int RC4 = 0x0005;

	@AutoClose
	private static final Gateway GATEWAY = Gateway.with()
		.front(Front.TLS_HTTP2)
		.property("logging.level.root", "info")
		.property("management.server.ssl.bundle", "localhost")
		.start();

	private static Stream<Lane> tls() {
		return Lane.transports()
			.flatMap((lane) -> Stream.of(Front.TLS, Front.TLS_HTTP2)
				.map((front) -> new Lane(lane.transport(), front, false)));
	}

	@ParameterizedTest
	@MethodSource("tls")
	void answersPlainHttpAsNginxDoes(Lane lane) {
		for (String request : new String[] { "GET /?token=" + SECRET + " HTTP/1.1\nHost: a\n\n",
				Handshakes.request("/clear"), "PRI * HTTP/2.0\n\nSM\n\n", "G",
				"POST / HTTP/1.1\nHost: a\nContent-Length: 200000\n\n" + "a".repeat(200_000) }) {
			try (Wire client = Wire.connect(lane.gateway().port())) {
				client.send(request);
				String head = ProblemAnswer.expect(client, 400, "problem:tls-expected",
						"The plain HTTP request was sent to HTTPS port");
				assertThat(head).startsWith("HTTP/1.1 400 Bad Request\n").contains("\nConnection: close\n");
				assertThat(client.rest()).as("a FIN, no reset").isEmpty();
			}
		}
		try (Wire client = lane.gateway().connect()) {
			client.send("GET /none HTTP/1.1\nHost: a\n\n");
			ProblemAnswer.expect(client, 404);
		}
	}

	private static Stream<Arguments> failures() {
		return Stream.of(failure("closed by the client", sent(0x80, 0x99, 1, 2, 3, 4)),
				failure("no TLS", sent(0xFF, 0xFE, 's', '3', 'c', 'r', '3', 't', 'S', '3', 'c', 'r', '3', 't')),
				failure("alert of the client: certificate_unknown", TlsFailureGatewayTests::distrust),
				failure("no version of TLS in common", sent(hello(TLS_1_1, AES_128_GCM, "a.test"))),
				failure("no cipher suite in common", sent(hello(TLS_1_2, RC4, "a.test"))),
				failure("closed by the client", sent(half(hello(TLS_1_2, AES_128_GCM, SECRET + ".test")))),
				failure("SSLProtocolException", sent(hello(TLS_1_2, AES_128_GCM, SECRET + "_^.."))));
	}

	private static Arguments failure(String reason, IntConsumer client) {
		return Arguments.of(reason, client);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void saysInALineWhyTlsFails(String reason, IntConsumer client, CapturedOutput output) {
		for (int port : new int[] { GATEWAY.port(), GATEWAY.managementPort() }) {
			int before = output.getAll().length();
			// The line of another failure may be less than a second old.
			Awaitility.await().until(() -> {
				client.accept(port);
				return output.getAll()
					.substring(before)
					.contains(" 400: TLS with the client failed: 127.0.0.1 (" + reason + ")");
			});
		}
		assertThat(output.getAll()).doesNotContain("3cr3t").doesNotContain(HEX).doesNotContain("\tat ");
	}

	@Test
	void saysNothingOfWhoOnlyConnects(CapturedOutput output) {
		try (Wire client = Wire.connect(GATEWAY.port())) {
			client.fin();
			assertThat(client.rest()).isEmpty();
		}
		assertThat(output.getAll()).doesNotContain("TLS with the client");
	}

	private static void distrust(int port) {
		try (Socket socket = SSLContext.getDefault().getSocketFactory().createSocket("localhost", port)) {
			assertThatExceptionOfType(SSLException.class).isThrownBy(() -> ((SSLSocket) socket).startHandshake());
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static IntConsumer sent(int... bytes) {
		byte[] all = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			all[i] = (byte) bytes[i];
		}
		return sent(all);
	}

	private static IntConsumer sent(byte[] bytes) {
		return (port) -> {
			try (Wire client = Wire.connect(port)) {
				client.send(bytes);
				client.fin();
				client.awaitEnd();
			}
		};
	}

	private static byte[] half(byte[] bytes) {
		return Arrays.copyOf(bytes, bytes.length / 2);
	}

	/**
	 * Returns a ClientHello (RFC 5246, section 7.4.1.2) with a server name (RFC 6066).
	 */
	private static byte[] hello(int version, int cipher, String name) {
		byte[] host = name.getBytes(StandardCharsets.US_ASCII);
		return block(0x16, 2, version, block(1, 3, -1, bytes((hello) -> {
			hello.writeShort(version);
			hello.write(new byte[32]);
			hello.writeByte(0);
			hello.writeShort(2);
			hello.writeShort(cipher);
			hello.writeShort(0x0100);
			hello.writeShort(host.length + 9);
			hello.writeShort(0);
			hello.writeShort(host.length + 5);
			hello.writeShort(host.length + 3);
			hello.writeByte(0);
			hello.writeShort(host.length);
			hello.write(host);
		})));
	}

	private static byte[] block(int type, int lengthBytes, int version, byte[] content) {
		return bytes((block) -> {
			block.writeByte(type);
			if (version != -1) {
				block.writeShort(version);
			}
			block.write(new byte[lengthBytes - 2]);
			block.writeShort(content.length);
			block.write(content);
		});
	}

	private static byte[] bytes(Writer writer) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			writer.write(new DataOutputStream(bytes));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Writes a part of a message.
	 */
	private interface Writer {

		void write(DataOutputStream out) throws IOException;

	}

}
