package io.switchgate.journal;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.switchgate.setting.Section;

/**
 * Journal of handshakes.
 *
 * @param records most handshakes that are kept; 0 keeps none
 * @param shownParameters names of the query parameters whose values are shown
 * @param secretHeaders names of further headers whose values are hidden
 */
@ConfigurationProperties("switchgate.journal")
record JournalProperties(@DefaultValue("1000") int records, @DefaultValue List<String> shownParameters,
		@DefaultValue List<String> secretHeaders) {

	private static final int MOST = 100_000;

	JournalProperties {
		Section.below("switchgate.journal")
			.require(records >= 0 && records <= MOST, "records", records, "0 to " + MOST);
	}

}
