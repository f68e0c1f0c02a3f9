package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.dml.DmlRules;
import io.initload.simulator.hook.Hooks;
import io.initload.simulator.journal.Journal;
import io.initload.simulator.limits.Usage;
import io.initload.simulator.model.Schema;
import io.initload.simulator.store.OrgStore;

/**
 * What ingest jobs work with. Owned by the org.
 *
 * @param schema objects and fields as the loading user sees them
 * @param seed decides ids and the order of results
 */
public record IngestSetup(
    OrgClock clock,
    OrgStore store,
    Schema schema,
    Usage usage,
    Hooks hooks,
    Journal journal,
    IngestRules rules,
    DmlRules dml,
    CostModel cost,
    long seed) {}
