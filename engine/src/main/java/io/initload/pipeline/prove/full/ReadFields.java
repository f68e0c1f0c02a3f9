package io.initload.pipeline.prove.full;

import io.initload.config.ReconcileConfig;
import io.initload.mapping.KeyForm;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.canonical.CanonicalForm;
import io.initload.mapping.canonical.RowDigest;
import io.initload.mapping.canonical.SampleOrder;
import io.initload.mapping.compile.SentFields;
import io.initload.pipeline.prepare.Prepared;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of an object that some passes write, as a query selects them behind the external id.
 *
 * @param key the external id's field
 * @param columns each once
 * @param forms of their values, in the same order
 */
record ReadFields(String key, KeyForm keyForm, List<String> columns, List<CanonicalForm> forms) {
  ReadFields {
    columns = List.copyOf(columns);
    forms = List.copyOf(forms);
  }

  /** Those of passes that write the same object by the same external id. */
  static ReadFields of(Collection<Prepared> passes, ReconcileConfig reconcile) {
    Prepared one = passes.iterator().next();
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, CanonicalForm> forms = new LinkedHashMap<>();
    for (Prepared pass : passes) {
      SentFields fields = pass.compared(reconcile);
      for (int i = 0; i < fields.columns().size(); i++) {
        if (i != fields.keyField() && !fields.isExempt(i)) {
          String name = fields.columns().get(i);
          names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
          forms.putIfAbsent(name.toLowerCase(Locale.ROOT), fields.forms().get(i));
        }
      }
    }
    return new ReadFields(
        one.config().externalId(),
        one.keyForm(),
        new ArrayList<>(names.values()),
        new ArrayList<>(forms.values()));
  }

  /** What a query selects. */
  String selected() {
    List<String> all = new ArrayList<>(List.of(key));
    all.addAll(columns);
    return String.join(", ", all);
  }

  /** The external id of a row of the query, in canonical form. */
  String canonical(List<String> row) {
    return keyForm.canonical(row.get(0));
  }

  /** A row of the query by its columns. */
  Map<String, String> record(List<String> row) {
    Map<String, String> record = new HashMap<>();
    record.put(key, row.get(0));
    for (int i = 0; i < columns.size(); i++) {
      record.put(columns.get(i), row.get(i + 1));
    }
    return record;
  }

  /** Adds up rows of the query, for one thread. */
  Sums sums(byte[] digestKey, BucketSums sums) {
    return new Sums(this, new RowDigest(digestKey, columns), sums);
  }

  /** The sums of some rows. */
  record Sums(ReadFields fields, RowDigest digest, BucketSums sums) {
    void add(List<String> row) {
      String canonical = fields.canonical(row);
      digest.row(canonical, i -> fields.forms().get(i).found(row.get(i + 1)));
      sums.add(SampleOrder.place(canonical), digest);
    }
  }
}
