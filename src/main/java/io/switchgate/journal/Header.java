package io.switchgate.journal;

/**
 * Header of a request or an answer.
 *
 * @param name name as it was written
 * @param value value, without secrets
 */
public record Header(String name, String value) {

}
