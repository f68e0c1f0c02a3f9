package io.initload.mapping;

import io.initload.Failure;
import io.initload.mapping.Finding.Severity;
import io.initload.mapping.org.TargetField;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A mapping checked against both sides. Immutable and thread-safe.
 *
 * @param mapping what to read and write; it lacks the fields that have errors
 * @param keyForm how external ids are compared
 * @param targets the org's field behind each CSV column, in header order: for {@code
 *     Parent__r.Ext__c} the parent's field
 * @param mapped the name that the configuration has for each CSV column, in header order: of
 *     another letter case than the org's, or of a name in the place of which an id is sent
 * @param findings in the order of the mapping
 */
public record Compiled(
    RowMapping mapping,
    KeyForm keyForm,
    List<TargetField> targets,
    List<String> mapped,
    List<Finding> findings) {
  public Compiled {
    mapped = List.copyOf(mapped);
    targets = List.copyOf(targets);
    findings = List.copyOf(findings);
  }

  /** The findings that forbid to load. */
  public List<Finding> errors() {
    return findings.stream().filter(f -> f.severity() == Severity.ERROR).toList();
  }

  /**
   * This, when nothing forbids to load.
   *
   * @throws Failure {@code MAPPING} with all errors
   */
  public Compiled orThrow() {
    List<Finding> errors = errors();
    if (errors.isEmpty()) {
      return this;
    }
    throw new Failure(
        Failure.Kind.CONFIGURATION,
        errors.size() == 1 ? errors.get(0).code() : "MAPPING",
        errors.stream()
            .map(f -> f.where() + ": " + f.message() + (errors.size() == 1 ? "" : " " + f.remedy()))
            .collect(Collectors.joining(System.lineSeparator())),
        errors.size() == 1
            ? errors.get(0).remedy()
            : "Mend the mapping, then check it with validate.");
  }
}
