package io.initload.pipeline.work;

import io.initload.mapping.KeyForm;
import io.initload.salesforce.Soql;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions on external ids. */
public final class OrgKeys {
  private OrgKeys() {}

  /** SOQL for "the external id is one of these". */
  public static String oneOf(String field, KeyForm form, List<String> externalIds) {
    return field
        + " IN ("
        + externalIds.stream()
            .map(id -> form == KeyForm.NUMBER ? form.canonical(id) : Soql.quote(id))
            .collect(Collectors.joining(","))
        + ")";
  }
}
