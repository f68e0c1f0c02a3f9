package io.initload.simulator;

import io.initload.simulator.auth.OrgUser;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.fault.ActiveFaults;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.hook.Hooks;
import io.initload.simulator.journal.Journal;
import io.initload.simulator.limits.Allocations;
import io.initload.simulator.limits.Usage;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.tls.TlsIdentity;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A Salesforce org on the loopback address, with OAuth, describe, limits and Bulk API 2.0. Any
 * number may be open in one JVM; each costs some ten milliseconds. Safe for several threads.
 * Closing it ends all connections and, unless it keeps its data, deletes them.
 *
 * <pre>{@code
 * try (var org = SimulatedOrg.start(OrgOptions.defaults())) {
 *   load(org.loginUrl(), org.clientId(), org.clientSecret());
 *   assertThat(org.records("Account").count()).isEqualTo(10_000);
 * }
 * }</pre>
 */
public final class SimulatedOrg implements AutoCloseable {
  private final OrgWiring parts;

  private SimulatedOrg(OrgWiring parts) {
    this.parts = parts;
  }

  /** Opens an org with {@link OrgOptions#defaults}. */
  public static SimulatedOrg start() {
    return start(OrgOptions.defaults());
  }

  /**
   * Opens an org.
   *
   * @throws RuntimeException if ports, data or describe documents cannot be used; the message says
   *     which
   */
  public static SimulatedOrg start(OrgOptions options) {
    return new SimulatedOrg(OrgWiring.of(options));
  }

  /** The certificate that clients must trust; empty where the org speaks plain http. */
  public Optional<TlsIdentity> tls() {
    return parts.tls;
  }

  /** Base URL of the login host. */
  public String loginUrl() {
    return parts.server.loginUrl();
  }

  /** Base URL of the instance, which tokens lead to. */
  public String instanceUrl() {
    return parts.server.instanceUrl();
  }

  /** Consumer key of the org's app. */
  public String clientId() {
    return parts.app.clientId();
  }

  /** Consumer secret of the org's app, for the client-credentials flow. */
  public String clientSecret() {
    return parts.app.clientSecret();
  }

  /** Username of the integration user, whom both flows log in. */
  public String username() {
    return parts.founders.loader().username();
  }

  /** Id of the organization, 18 characters. */
  public String orgId() {
    return parts.founders.orgId();
  }

  /** An access token of the integration user, for tests that do not care about parts.logins. */
  public String accessToken() {
    return parts.logins.open(parts.founders.loader()).token();
  }

  /** An access token of another user, an administrator. */
  public String administratorToken() {
    return parts.logins.open(parts.founders.administrator()).token();
  }

  /** The integration user. */
  public OrgUser user() {
    return parts.founders.loader();
  }

  /** Ends all sessions, so that every token answers 401. */
  public void revokeTokens() {
    parts.logins.revokeAll();
  }

  /**
   * The records of an object.
   *
   * @throws IllegalArgumentException if there is no such object
   */
  public OrgRecords records(String object) {
    SObjectType type =
        parts
            .store
            .records()
            .schema()
            .object(object)
            .orElseThrow(() -> new IllegalArgumentException("No object " + object));
    return new OrgRecords(parts.store.records(), type);
  }

  /** All ingest jobs that are not deleted. */
  public List<JobInfo> jobs() {
    return parts.ingest.list();
  }

  /** What the org has seen and done. */
  public Journal log() {
    return parts.journal;
  }

  /** Where faults are let in. */
  public Hooks hooks() {
    return parts.hooks;
  }

  /**
   * Starts a fault plan in the place of the one before; its numbers and times count from now.
   *
   * @return what it does, as it goes on
   */
  public ActiveFaults faults(FaultPlan plan) {
    return parts.faults.start(plan);
  }

  /** Takes the fault plan away: nothing goes wrong any more. */
  public void clearFaults() {
    parts.faults.clear();
  }

  /** Raises or lowers limits from now on. */
  public void changeAllocations(UnaryOperator<Allocations> change) {
    parts.usage.change(change);
  }

  /** How much of its allocations the org has used. */
  public Usage usage() {
    return parts.usage;
  }

  /** The clock it was opened with. */
  public OrgClock clock() {
    return parts.clock;
  }

  @Override
  public void close() {
    parts.close();
  }
}
