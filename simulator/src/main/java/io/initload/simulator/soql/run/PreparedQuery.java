package io.initload.simulator.soql.run;

import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.bind.BoundQuery;
import java.util.List;

/** A query that may be run against the org it was prepared for. Immutable. */
public final class PreparedQuery {
  private final BoundQuery query;

  PreparedQuery(BoundQuery query) {
    this.query = query;
  }

  BoundQuery query() {
    return query;
  }

  /** The object of FROM. */
  public ObjectShape object() {
    return query.object();
  }

  /** The columns of the answer, in the order of SELECT; none for {@code COUNT()}. */
  public List<Column> columns() {
    return query.columns();
  }

  /**
   * The relationships whose fields are selected, outermost first: {@code [[Account], [Account,
   * Owner]]}.
   */
  public List<List<String>> parents() {
    return query.parents();
  }

  /** {@code SELECT COUNT()}: the answer is a number and no rows. */
  public boolean isCount() {
    return query.shape() == BoundQuery.Shape.COUNT;
  }

  /** Rows are groups, not records. */
  public boolean isAggregate() {
    return query.shape() == BoundQuery.Shape.GROUPS;
  }

  /** ORDER BY and LIMIT keep Bulk query from cutting the work by primary key. */
  public boolean isOrderedOrLimited() {
    return !query.order().isEmpty() || query.limit() != Long.MAX_VALUE;
  }
}
