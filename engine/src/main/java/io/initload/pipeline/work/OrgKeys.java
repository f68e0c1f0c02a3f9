package io.initload.pipeline.work;

import io.initload.mapping.KeyForm;
import io.initload.salesforce.Soql;
import java.util.Collection;
import java.util.List;

/** External ids in queries of the org. */
public final class OrgKeys {
  private OrgKeys() {}

  /** The external ids as SOQL writes values of their field. */
  public static List<String> literals(KeyForm form, Collection<String> externalIds) {
    return externalIds.stream()
        .map(id -> form == KeyForm.NUMBER ? form.canonical(id) : Soql.quote(id))
        .toList();
  }
}
