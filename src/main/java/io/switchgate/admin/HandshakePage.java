package io.switchgate.admin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Some of the handshakes that a filter chose, newest first, and how many there are.
 *
 * @param total handshakes that the filter chose
 * @param byFinding how many of them have which finding
 * @param page number of the page, from 0
 * @param size handshakes of a page
 * @param handshakes handshakes of this page
 */
record HandshakePage(int total, Map<String, Long> byFinding, int page, int size, List<HandshakeDescriptor> handshakes) {

	static HandshakePage of(Stream<HandshakeDescriptor> chosen, int page, int size) {
		List<HandshakeDescriptor> all = chosen.toList();
		return new HandshakePage(all.size(),
				all.stream()
					.collect(Collectors.groupingBy(HandshakeDescriptor::finding, TreeMap::new, Collectors.counting())),
				page, size, all.stream().skip((long) page * size).limit(size).toList());
	}

}
