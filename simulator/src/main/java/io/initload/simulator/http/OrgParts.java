package io.initload.simulator.http;

import io.initload.simulator.auth.Logins;
import io.initload.simulator.bulk.ingest.IngestJobs;
import io.initload.simulator.bulk.query.QueryJobs;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.dml.DmlRules;
import io.initload.simulator.fault.OrgControls;
import io.initload.simulator.fault.OrgFaults;
import io.initload.simulator.hook.Hooks;
import io.initload.simulator.journal.Journal;
import io.initload.simulator.limits.Usage;
import io.initload.simulator.model.Schema;
import io.initload.simulator.query.RestQueries;
import io.initload.simulator.store.OrgStore;

/**
 * The parts of an org that routes translate to. Owned by the org, not by the server.
 *
 * @param schema objects and fields as users see them
 * @param orgId id of the organization, 18 characters
 */
public record OrgParts(
    OrgClock clock,
    Schema schema,
    OrgStore store,
    Usage usage,
    Logins logins,
    IngestJobs ingest,
    QueryJobs queryJobs,
    RestQueries queries,
    DmlRules dml,
    Hooks hooks,
    OrgFaults faults,
    OrgControls controls,
    Journal journal,
    WireRules rules,
    String orgId,
    long seed) {}
