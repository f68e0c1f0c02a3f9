package io.initload.pipeline.prove.undo;

import io.initload.ledger.entry.Pass;
import io.initload.mapping.org.TargetObject;
import io.initload.pipeline.prove.OrgTimes;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.Soql;
import io.initload.salesforce.records.RecordCount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts what the org still has of a migration without looking at any list of it: records with an
 * external id that the loading user created between the first job of the load and the last. Of the
 * first moments, in which clocks may disagree, nothing is said.
 */
final class MadeRecords {
  private static final String CREATED = "CreatedDate";
  private static final String CREATOR = "CreatedById";

  private final Workbench bench;
  private final OrgTimes times;

  MadeRecords(Workbench bench) throws InterruptedException {
    this.bench = bench;
    this.times = OrgTimes.of(bench);
  }

  /**
   * How many there are of an object; empty where the org cannot say, or the migration itself dated
   * its records.
   *
   * @param passes those that make records of it
   */
  OptionalLong of(List<Pass> passes) throws InterruptedException {
    Pass one = passes.get(0);
    TargetObject object = bench.org().describe(one.object());
    Optional<Instant> first = bench.ledger().writes().first();
    Optional<Instant> last = bench.ledger().writes().last();
    boolean dated =
        object.field(CREATED).isPresent()
            && object.field(CREATOR).isPresent()
            && passes.stream().flatMap(p -> p.header().stream()).noneMatch(MadeRecords::fed);
    if (!dated || first.isEmpty() || last.isEmpty()) {
      return OptionalLong.empty();
    }
    String made =
        "%s >= %s AND %s <= %s AND %s = %s"
            .formatted(
                CREATED,
                times.surelyAfter(first.get()),
                CREATED,
                times.surelyAfter(last.get()),
                CREATOR,
                Soql.quote(bench.org().userId()));
    return new RecordCount(bench.org(), one.object(), one.externalId(), made).count().records();
  }

  private static boolean fed(String field) {
    return field.equals(CREATED) || field.equals(CREATOR) || field.contains("CreatedBy.");
  }
}
