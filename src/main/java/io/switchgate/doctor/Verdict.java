package io.switchgate.doctor;

import java.util.List;

/**
 * What the doctor says about a handshake.
 *
 * @param finding entry of the catalogue
 * @param evidence facts that led to the finding, as sentences
 * @param explanation what they mean
 * @param remedy what to set, and where
 */
public record Verdict(Finding finding, List<String> evidence, String explanation, String remedy) {

	Verdict without(String teller) {
		return new Verdict(this.finding, this.evidence.stream().filter((fact) -> !fact.startsWith(teller)).toList(),
				this.explanation, this.remedy);
	}

}
