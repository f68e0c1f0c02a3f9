package io.initload.pipeline.work;

import io.initload.mapping.KeyForm;
import io.initload.salesforce.Soql;
import io.initload.salesforce.records.RecordQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Records of the org by external id, as far as it finds them in time. For one thread. */
public final class OrgRecords {
  private final RecordQuery query;
  private final String field;
  private final KeyForm form;

  /**
   * @param query asks for records by the external id
   * @param field the external id's
   * @param form of its values
   */
  public OrgRecords(RecordQuery query, String field, KeyForm form) {
    this.query = query;
    this.field = field;
    this.form = form;
  }

  /** Asks for the records of some external ids. */
  public Found of(Collection<String> externalIds) throws InterruptedException {
    Map<String, String> literals =
        externalIds.stream().collect(Collectors.toMap(id -> id, this::literal, (one, same) -> one));
    RecordQuery.Answer answer = query.of(literals.values().stream().distinct().toList());
    Map<String, Map<String, String>> records = new HashMap<>();
    for (Map<String, String> record : answer.records()) {
      records.put(form.canonical(record.getOrDefault(field, "")), record);
    }
    Set<String> unknown = new HashSet<>();
    literals.forEach(
        (id, literal) -> {
          if (answer.unanswered().contains(literal)) {
            unknown.add(form.canonical(id));
          }
        });
    return new Found(form, records, unknown);
  }

  /** The external id as SOQL writes values of its field, which the org stores without blanks. */
  private String literal(String externalId) {
    return form == KeyForm.NUMBER ? form.canonical(externalId) : Soql.quote(externalId.trim());
  }

  /**
   * What the org answered.
   *
   * @param records by the canonical form of their external ids
   * @param unknown external ids in canonical form that it took too long to find records of
   */
  public record Found(KeyForm form, Map<String, Map<String, String>> records, Set<String> unknown) {
    public Found {
      records = Map.copyOf(records);
      unknown = Set.copyOf(unknown);
    }

    /** The record of an external id; empty where there is none, or nobody knows. */
    public Optional<Map<String, String>> record(String externalId) {
      return Optional.ofNullable(records.get(form.canonical(externalId)));
    }

    /** Whether nobody knows if there is a record of an external id. */
    public boolean unknown(String externalId) {
      return unknown.contains(form.canonical(externalId));
    }
  }
}
