package io.initload.ledger.entry;

import java.util.Set;

/**
 * Which of the rows that need a person are meant.
 *
 * @param tables names of tables; empty for all
 * @param codes error codes; empty for all
 */
public record DeadLetterFilter(Set<String> tables, Set<String> codes) {
  public static final DeadLetterFilter ALL = new DeadLetterFilter(Set.of(), Set.of());

  public DeadLetterFilter {
    tables = Set.copyOf(tables);
    codes = Set.copyOf(codes);
  }
}
