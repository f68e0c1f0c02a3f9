package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.RecordView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What evaluating one row may need beyond the row: parents and the answers of semi-joins. */
public interface Lookup {
  /** The record a reference points to; null if it points nowhere visible. */
  @Nullable Parent parent(String id);

  /** The values that a subquery of the query selects, given its position among them. */
  Set<Object> answers(int subquery);

  /** A parent record and its object. */
  record Parent(ObjectShape shape, RecordView record) {}
}
