package io.initload.simulator.soql.run;

import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.QueryBounds;
import io.initload.simulator.soql.RecordSource;
import io.initload.simulator.soql.RecordSource.Visibility;
import io.initload.simulator.soql.RecordStream;
import io.initload.simulator.soql.RecordView;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.SoqlException;
import io.initload.simulator.soql.bind.AccessPath;
import io.initload.simulator.soql.bind.BoundQuery;
import io.initload.simulator.soql.bind.Filter;
import io.initload.simulator.soql.bind.Lookup;
import io.initload.simulator.soql.parse.QueryText;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Walks the records a query's access path gives and its filter lets through, within the query's
 * bounds.
 */
final class RecordWalk implements RecordStream {
  private static final int STOP_ASKED_EVERY = 1_024;

  private final RecordStream candidates;
  private final Filter filter;
  private final Lookup lookup;
  private final QueryBounds bounds;
  private final boolean scanning;
  private long read;

  RecordWalk(
      BoundQuery query,
      RecordSource source,
      Visibility visibility,
      Lookup lookup,
      QueryBounds bounds) {
    this.filter = query.where().filter();
    this.lookup = lookup;
    this.bounds = bounds;
    AccessPath access = query.where().access();
    this.scanning = access instanceof AccessPath.Everything || access instanceof AccessPath.Range;
    this.candidates =
        query.walksIds()
            ? source.inIdOrder(query.object(), visibility, query.order().get(0).descending())
            : open(access, query.object(), source, visibility);
  }

  @Override
  public boolean next() {
    while (candidates.next()) {
      read++;
      if (scanning && read > bounds.scannedRowsMax()) {
        throw timeout();
      }
      if (read % STOP_ASKED_EVERY == 0 && bounds.stop().getAsBoolean()) {
        throw new CancellationException("query stopped after %d records".formatted(read));
      }
      if (filter.test(candidates.record(), lookup)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public RecordView record() {
    return candidates.record();
  }

  @Override
  public void close() {
    candidates.close();
  }

  static SoqlException timeout() {
    return QueryText.refuse(
        SoqlError.QUERY_TIMEOUT, "Your query request was running for too long.");
  }

  private static RecordStream open(
      AccessPath access, ObjectShape object, RecordSource source, Visibility visibility) {
    return access.match(
        everything -> source.scan(object, visibility),
        ids -> new ByIds(object, ids.values(), source, visibility),
        keys ->
            new Chain(
                keys.values().stream()
                    .map(
                        value ->
                            (Opening) () -> source.byKey(object, keys.field(), value, visibility))
                    .toList()),
        union ->
            new Chain(
                union.parts().stream()
                    .map(part -> (Opening) () -> open(part, object, source, visibility))
                    .toList()),
        range -> source.byRange(object, range.field(), range.from(), range.to(), visibility));
  }

  private static final class ByIds implements RecordStream {
    private final ObjectShape object;
    private final Iterator<String> ids;
    private final RecordSource source;
    private final Visibility visibility;
    private @Nullable RecordView current;

    ByIds(ObjectShape object, List<String> ids, RecordSource source, Visibility visibility) {
      this.object = object;
      this.ids = ids.iterator();
      this.source = source;
      this.visibility = visibility;
    }

    @Override
    public boolean next() {
      while (ids.hasNext()) {
        Optional<RecordView> found = source.byId(object, ids.next(), visibility);
        if (found.isPresent()) {
          current = found.get();
          return true;
        }
      }
      return false;
    }

    @Override
    public RecordView record() {
      if (current == null) {
        throw new IllegalStateException("next() has not found a record");
      }
      return current;
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }

  private interface Opening {
    RecordStream open();
  }

  /** One after the other; a record that more than one of them gives is given once. */
  private static final class Chain implements RecordStream {
    private final Iterator<Opening> parts;
    private final Set<String> seen = new HashSet<>();
    private @Nullable RecordStream current;

    Chain(List<Opening> parts) {
      this.parts = parts.iterator();
    }

    @Override
    public boolean next() {
      while (true) {
        RecordStream here = current;
        if (here == null) {
          if (!parts.hasNext()) {
            return false;
          }
          current = parts.next().open();
          continue;
        }
        while (here.next()) {
          if (seen.add(here.record().id())) {
            return true;
          }
        }
        here.close();
        current = null;
      }
    }

    @Override
    public RecordView record() {
      if (current == null) {
        throw new IllegalStateException("next() has not found a record");
      }
      return current.record();
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
      }
    }
  }
}
