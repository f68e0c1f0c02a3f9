package io.initload.pipeline.work;

import io.initload.mapping.KeyForm;
import io.initload.salesforce.Soql;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** External ids in queries of the org. */
public final class OrgKeys {
  private OrgKeys() {}

  /**
   * The external ids as SOQL writes values of their field. A text with blanks around it is asked
   * for without them too: Salesforce stores it so ({@link KeyForm#canonical}).
   */
  public static List<String> literals(KeyForm form, Collection<String> externalIds) {
    return externalIds.stream()
        .flatMap(
            id ->
                form == KeyForm.NUMBER
                    ? Stream.of(form.canonical(id))
                    : Stream.of(id, id.trim()).distinct().map(Soql::quote))
        .toList();
  }
}
