package io.initload.simulator;

import io.initload.simulator.auth.ConnectedApp;
import io.initload.simulator.auth.Logins;
import io.initload.simulator.auth.OrgUser;
import io.initload.simulator.bulk.ingest.IngestJobs;
import io.initload.simulator.bulk.ingest.IngestSetup;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.bulk.query.QueryJobs;
import io.initload.simulator.bulk.query.QuerySetup;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.LaidFaults;
import io.initload.simulator.fault.LiveControls;
import io.initload.simulator.fault.OrgControls;
import io.initload.simulator.fault.OrgFaults;
import io.initload.simulator.hook.Hooks;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.server.OrgServer;
import io.initload.simulator.journal.Journal;
import io.initload.simulator.limits.Allocations;
import io.initload.simulator.limits.Usage;
import io.initload.simulator.model.BuiltInObjects;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.model.Schema;
import io.initload.simulator.query.QueriedRecords;
import io.initload.simulator.query.RestQueries;
import io.initload.simulator.store.OrgStore;
import io.initload.simulator.tls.TlsIdentity;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
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
  private final OrgOptions options;
  private final DataDirectory directory;
  private final OrgStore store;
  private final Founders founders;
  private final Logins logins;
  private final Usage usage;
  private final Journal journal = new Journal();
  private final Hooks hooks = new Hooks();
  private final IngestJobs ingest;
  private final QueryJobs queryJobs;
  private final RestQueries queries;
  private final OrgFaults faults;
  private final Optional<TlsIdentity> tls;
  private final OrgServer server;

  /** Pushes what it opens, so that a failure half-way can be cleaned up. */
  private SimulatedOrg(OrgOptions options, Deque<AutoCloseable> opened) {
    this.options = options;
    this.directory = DataDirectory.open(options.data(), options.seed());
    opened.push(directory);
    long seed = directory.seed();
    Schema full = BuiltInObjects.schema();
    if (options.describes().isPresent()) {
      full = full.with(options.describes().get());
    }
    Schema seen = full.without(options.hiddenFields());
    OrgClock clock = options.clock();
    this.store = OrgStore.open(directory.path(), directory.durability(), seen, new IdSpace(seed));
    opened.push(store);
    this.founders = Founders.of(store.records(), clock.instant());
    this.logins = new Logins(clock, options.auth(), founders.orgId(), seed);
    logins.register(founders.loader());
    logins.register(founders.administrator());
    logins.register(
        new ConnectedApp(
            "3MVG9_initload_simulator",
            founders.secret(seed),
            founders.loader().username(),
            options.keys()));
    this.usage = new Usage(options.allocations(), clock, store);
    store.records().limit(() -> usage.allocations().records());
    this.ingest =
        new IngestJobs(
            "org",
            new IngestSetup(
                clock,
                store,
                seen,
                usage,
                hooks,
                journal,
                options.ingest(),
                options.dml(),
                options.cost(),
                seed));
    opened.push(ingest);
    QueriedRecords queried = new QueriedRecords(seen, store.records());
    this.queryJobs =
        new QueryJobs(
            "org",
            new QuerySetup(
                clock,
                store,
                queried,
                usage,
                options.cost(),
                options.query(),
                options.ingest().retention()));
    opened.push(queryJobs);
    this.queries =
        new RestQueries(
            queried, store.folder("cursors"), store.records().ids(), clock, options.query());
    opened.push(queries);
    OrgControls controls = new LiveControls(logins::revokeAll, usage);
    this.faults = new OrgFaults(hooks, controls, clock);
    OrgParts parts =
        new OrgParts(
            clock,
            seen,
            store,
            usage,
            logins,
            ingest,
            queryJobs,
            queries,
            options.dml(),
            hooks,
            faults,
            controls,
            journal,
            options.wire(),
            founders.orgId(),
            seed);
    this.tls =
        options.tls() == OrgOptions.Tls.OFF
            ? Optional.empty()
            : Optional.of(TlsIdentity.create(InstantSource.system()));
    this.server =
        new OrgServer("org", parts, options.loginPort(), options.instancePort(), tls, List.of());
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
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new SimulatedOrg(options, opened);
    } catch (RuntimeException | Error e) {
      for (AutoCloseable each : opened) {
        try {
          each.close();
        } catch (Exception second) {
          e.addSuppressed(second);
        }
      }
      throw e;
    }
  }

  /** The certificate that clients must trust; empty where the org speaks plain http. */
  public Optional<TlsIdentity> tls() {
    return tls;
  }

  /** Base URL of the login host. */
  public String loginUrl() {
    return server.loginUrl();
  }

  /** Base URL of the instance, which tokens lead to. */
  public String instanceUrl() {
    return server.instanceUrl();
  }

  /** Consumer key of the org's app. */
  public String clientId() {
    return "3MVG9_initload_simulator";
  }

  /** Consumer secret of the org's app, for the client-credentials flow. */
  public String clientSecret() {
    return founders.secret(directory.seed());
  }

  /** Username of the integration user, whom both flows log in. */
  public String username() {
    return founders.loader().username();
  }

  /** Id of the organization, 18 characters. */
  public String orgId() {
    return founders.orgId();
  }

  /** Accepts JWT assertions signed with one more key. */
  public void trust(RSAPublicKey key) {
    logins.app(clientId()).ifPresent(app -> logins.register(app.withKey(key)));
  }

  /** An access token of the integration user, for tests that do not care about logins. */
  public String accessToken() {
    return logins.open(founders.loader()).token();
  }

  /** An access token of another user, an administrator. */
  public String administratorToken() {
    return logins.open(founders.administrator()).token();
  }

  /** The integration user. */
  public OrgUser user() {
    return founders.loader();
  }

  /** Ends all sessions, so that every token answers 401. */
  public void revokeTokens() {
    logins.revokeAll();
  }

  /**
   * The records of an object.
   *
   * @throws IllegalArgumentException if there is no such object
   */
  public OrgRecords records(String object) {
    SObjectType type =
        store
            .records()
            .schema()
            .object(object)
            .orElseThrow(() -> new IllegalArgumentException("No object " + object));
    return new OrgRecords(store.records(), type);
  }

  /** All ingest jobs that are not deleted. */
  public List<JobInfo> jobs() {
    return ingest.list();
  }

  /** What the org has seen and done. */
  public Journal log() {
    return journal;
  }

  /** Where faults are let in. */
  public Hooks hooks() {
    return hooks;
  }

  /**
   * Lays a fault plan on the org, in the place of the one before; its numbers and times count from
   * now.
   *
   * @return what it does, as it goes on
   */
  public LaidFaults faults(FaultPlan plan) {
    return faults.lay(plan);
  }

  /** Takes the fault plan away: nothing goes wrong any more. */
  public void clearFaults() {
    faults.clear();
  }

  /** Raises or lowers limits from now on. */
  public void changeAllocations(UnaryOperator<Allocations> change) {
    usage.change(change);
  }

  /** How much of its allocations the org has used. */
  public Usage usage() {
    return usage;
  }

  /** The clock it was opened with. */
  public OrgClock clock() {
    return options.clock();
  }

  /** Does what is due by now; only needed with a clock that somebody else moves. */
  public void advance() {
    ingest.advance();
    queryJobs.advance();
  }

  @Override
  public void close() {
    try (directory;
        store;
        ingest;
        queryJobs;
        queries;
        server) {
      // closed in reverse order: server, jobs, store, directory
    }
  }
}
