package io.initload.pipeline.prove;

import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Altered;
import io.initload.pipeline.prove.Certificate.AlteredField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was loaded other than it was read, added up over chunks. */
public final class AlteredFields {
  /** External ids that the certificate names, by field. */
  private static final int SHOWN = 20;

  private AlteredFields() {}

  /** Those of a pass, by field and what was done. */
  public static List<AlteredField> of(Ledger ledger, String pass) {
    Map<String, AlteredField> sums = new LinkedHashMap<>();
    List<Altered> all = new ArrayList<>(ledger.chunks().altered(pass));
    all.addAll(ledger.exceptions().leftOut(pass, SHOWN));
    for (Altered one : all) {
      sums.merge(
          one.field() + " " + one.code(),
          new AlteredField(
              one.field(),
              one.code(),
              one.rows(),
              one.externalIds().stream().limit(SHOWN).toList()),
          AlteredFields::plus);
    }
    return List.copyOf(sums.values());
  }

  private static AlteredField plus(AlteredField a, AlteredField b) {
    return new AlteredField(
        a.field(),
        a.code(),
        a.rows() + b.rows(),
        Stream.concat(a.first().stream(), b.first().stream()).limit(SHOWN).toList());
  }
}
