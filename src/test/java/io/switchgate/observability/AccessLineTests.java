package io.switchgate.observability;

import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AccessLineTests {

	private final Logger logger = new LoggerContext().getLogger("access");

	private final ListAppender<ILoggingEvent> events = new ListAppender<>();

	@BeforeEach
	void start() {
		this.events.start();
		this.logger.addAppender(this.events);
	}

	@Test
	void writesWordsAndFields() {
		new AccessLine(this.logger).add("route", "chat").add("status", 101).add("cause", null).write();
		assertThat(this.events.list).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage()).isEqualTo("route=chat status=101 cause=-");
			assertThat(event.getKeyValuePairs()).hasToString("[route=\"chat\", status=\"101\"]");
		});
	}

	@Test
	void quotesAndEscapesValuesThatAreNoWords() {
		new AccessLine(this.logger).add("a", "b c").add("d", "").add("e", "\"\\\n\r\u0085\u2028\u001b[2J").write();
		assertThat(this.events.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.isEqualTo("a=\"b c\" d=\"\" e=\"\\x22\\x5C\\x0A\\x0D\\x85\\x2028\\x1B[2J\"");
	}

	@Test
	void writesOneLineOfPrintableAscii() {
		String all = IntStream.rangeClosed(0, Character.MAX_VALUE)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		new AccessLine(this.logger).add("all", all).write();
		assertThat(this.events.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.matches("[ -~]+");
	}

}
