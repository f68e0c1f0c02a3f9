package io.initload.pipeline;

import io.initload.mapping.KeyForm;
import io.initload.salesforce.Soql;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions on external ids. */
final class OrgKeys {
  private OrgKeys() {}

  /** SOQL for "the external id is one of these". */
  static String oneOf(String field, KeyForm form, List<String> externalIds) {
    return field
        + " IN ("
        + externalIds.stream()
            .map(id -> form == KeyForm.NUMBER ? form.canonical(id) : Soql.quote(id))
            .collect(Collectors.joining(","))
        + ")";
  }
}
