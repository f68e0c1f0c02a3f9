package io.initload.simulator;

import io.initload.simulator.auth.AuthRules;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.bulk.ingest.IngestRules;
import io.initload.simulator.dml.DmlRules;
import io.initload.simulator.http.WireRules;
import io.initload.simulator.limits.Allocations;
import io.initload.simulator.query.QueryRules;

/**
 * How an org behaves. Each component of each group is a switch, {@code group.member}: see {@link
 * OrgSwitches}.
 */
public record OrgRules(
    WireRules wire,
    IngestRules ingest,
    DmlRules rows,
    AuthRules login,
    QueryRules query,
    CostModel cost,
    Allocations limits) {
  /** A full sandbox, rows that take no org time, the best reading of what is not confirmed. */
  public static OrgRules defaults() {
    return new OrgRules(
        WireRules.defaults(),
        IngestRules.defaults(),
        DmlRules.defaults(),
        AuthRules.defaults(),
        QueryRules.usual(),
        CostModel.off(),
        Allocations.fullSandbox());
  }

  OrgRules withWire(WireRules other) {
    return new OrgRules(other, ingest, rows, login, query, cost, limits);
  }

  OrgRules withQuery(QueryRules other) {
    return new OrgRules(wire, ingest, rows, login, other, cost, limits);
  }

  OrgRules withCost(CostModel other) {
    return new OrgRules(wire, ingest, rows, login, query, other, limits);
  }

  OrgRules withLimits(Allocations other) {
    return new OrgRules(wire, ingest, rows, login, query, cost, other);
  }
}
