package io.switchgate.admin;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.switchgate.doctor.Doctor;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.Journal;

/**
 * Shows the last handshakes and what the doctor finds.
 */
@WebEndpoint(id = "handshakes", defaultAccess = Access.READ_ONLY)
class HandshakesEndpoint {

	private static final int SIZE = 100;

	private static final int LARGEST_SIZE = 1000;

	private static final int LAST_PAGE = 1_000_000;

	private final Journal journal;

	private final Scheduler operators;

	HandshakesEndpoint(Journal journal, Scheduler operators) {
		this.journal = journal;
		this.operators = operators;
	}

	/**
	 * Shows a page of handshakes.
	 * @param cause code of the cause
	 * @param finding code of the finding
	 * @param page number of the page, from 0
	 * @param size handshakes of a page
	 * @return handshakes that fit all that is given
	 */
	@ReadOperation
	Mono<HandshakePage> handshakes(@Nullable String outcome, @Nullable String cause, @Nullable String route,
			@Nullable String finding, @Nullable String page, @Nullable String size) {
		HandshakeFilter filter = HandshakeFilter.of(outcome, cause, route, finding);
		int number = Parameters.number("page", page, 0, 0, LAST_PAGE);
		int length = Parameters.number("size", size, SIZE, 1, LARGEST_SIZE);
		return Mono
			.fromCallable(() -> HandshakePage
				.of(this.journal.all().stream().map(HandshakeDescriptor::of).filter(filter::matches), number, length))
			.subscribeOn(this.operators);
	}

	/**
	 * Shows one handshake with its four heads and its verdict.
	 */
	@ReadOperation
	Mono<HandshakeReport> handshake(@Selector String id) {
		return Mono.fromCallable(() -> report(id)).subscribeOn(this.operators);
	}

	private HandshakeReport report(String id) {
		HandshakeRecord handshake = this.journal.get(id);
		if (handshake == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND,
					"handshake: " + id + " (expected: one that is kept)");
		}
		return HandshakeReport.of(handshake, Doctor.diagnose(handshake));
	}

}
