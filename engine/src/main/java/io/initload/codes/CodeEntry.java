package io.initload.codes;

import java.util.List;

/**
 * One line of a {@link CodeTable}.
 *
 * @param codes as the other system writes them, or lower-case names that an adapter has for what no
 *     code tells, such as {@code connection-lost}; none for any code
 * @param text what the message must contain for this entry to count; empty for any
 * @param kind the class of the error, one of a set that each adapter has of its own
 * @param reach how far it goes
 * @param trait what else the adapter wants to know: of an error that a failure is made of, that
 *     failure's {@link io.initload.Failure.Kind}; empty for nothing
 * @param quotes where a message quotes data of a row: empty for nowhere, {@code anywhere}, or a
 *     pattern whose first group it is
 * @param failure the code of the {@link io.initload.Failure} that is made of it; empty for none
 * @param meaning one sentence
 * @param remedy one sentence
 * @param fact where this is known from
 */
public record CodeEntry(
    List<String> codes,
    String text,
    String kind,
    ErrorScope reach,
    String trait,
    String quotes,
    String failure,
    String meaning,
    String remedy,
    String fact) {
  public CodeEntry {
    codes = List.copyOf(codes);
  }

  /** Whether this entry speaks of that error. */
  public boolean fits(String code, String message) {
    return (codes.isEmpty() || codes.stream().anyMatch(code::equalsIgnoreCase))
        && message.contains(text);
  }
}
