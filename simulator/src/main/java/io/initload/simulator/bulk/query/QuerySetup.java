package io.initload.simulator.bulk.query;

import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.limits.Usage;
import io.initload.simulator.query.QueriedRecords;
import io.initload.simulator.query.QueryRules;
import io.initload.simulator.store.OrgStore;
import java.time.Duration;

/**
 * What query jobs work with. Owned by the org.
 *
 * @param records records as the querying user sees them
 * @param retention how long a finished job and its results are kept
 */
public record QuerySetup(
    OrgClock clock,
    OrgStore store,
    QueriedRecords records,
    Usage usage,
    CostModel cost,
    QueryRules rules,
    Duration retention) {}
