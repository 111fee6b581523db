package io.switchgate.journal;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Journal of handshakes.
 *
 * @param records most handshakes that are kept; 0 keeps none
 * @param shownParameters names of the query parameters whose values are shown
 * @param secretHeaders names of further headers whose values are hidden
 */
@ConfigurationProperties("switchgate.journal")
public record JournalProperties(@DefaultValue("1000") int records, @DefaultValue Set<String> shownParameters,
		@DefaultValue Set<String> secretHeaders) {

	private static final int MOST = 100_000;

	public JournalProperties {
		if (records < 0 || records > MOST) {
			throw new IllegalArgumentException(
					"switchgate.journal.records: " + records + " (expected: 0 to " + MOST + ")");
		}
	}

}
