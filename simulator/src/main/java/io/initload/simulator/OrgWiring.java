package io.initload.simulator;

import io.initload.simulator.auth.ConnectedApp;
import io.initload.simulator.auth.Logins;
import io.initload.simulator.bulk.ingest.IngestJobs;
import io.initload.simulator.bulk.ingest.IngestSetup;
import io.initload.simulator.bulk.query.QueryJobs;
import io.initload.simulator.bulk.query.QuerySetup;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.fault.LiveControls;
import io.initload.simulator.fault.OrgControls;
import io.initload.simulator.fault.OrgFaults;
import io.initload.simulator.hook.Hooks;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.server.OrgServer;
import io.initload.simulator.journal.Journal;
import io.initload.simulator.limits.Usage;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.model.Schema;
import io.initload.simulator.query.QueriedRecords;
import io.initload.simulator.query.RestQueries;
import io.initload.simulator.store.OrgStore;
import io.initload.simulator.tls.TlsIdentity;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The parts of an open org, from its data up to its server, and what each works with. */
final class OrgWiring implements AutoCloseable {
  static final String CLIENT_ID = "3MVG9_initload_simulator";
  private static final int SECRET_BYTES = 16;

  final OrgRules rules;
  final OrgClock clock;
  final DataDirectory directory;
  final Schema schema;
  final OrgStore store;
  final Founders founders;
  final ConnectedApp app;
  final Logins logins;
  final Usage usage;
  final Journal journal = new Journal();
  final Hooks hooks = new Hooks();
  final IngestJobs ingest;
  final QueryJobs queryJobs;
  final RestQueries queries;
  final OrgControls controls;
  final OrgFaults faults;
  final Optional<TlsIdentity> tls;
  final OrgServer server;
  private final Opened opened;

  private OrgWiring(OrgOptions options, Opened opened) {
    this.opened = opened;
    this.rules = options.rules();
    this.clock = options.clock();
    this.directory = opened.add(DataDirectory.open(options.content()));
    IdSpace ids = new IdSpace(directory.seed());
    this.schema = OrgSchema.of(options.content(), rules.rows(), ids);
    this.store = opened.add(OrgStore.open(directory.path(), directory.durability(), schema, ids));
    this.founders = Founders.of(store.records(), clock.instant(), options.content().production());
    SetUpRecords.write(options.content().setup(), store.records(), clock.instant());
    this.app = app(options.access(), directory, founders);
    this.logins = new Logins(clock, rules.login(), founders.orgId());
    founders.register(logins);
    logins.register(app);
    this.usage = new Usage(rules.limits(), clock, store);
    store.records().limit(() -> usage.allocations().records());
    this.ingest = opened.add(new IngestJobs("org", ingestSetup()));
    QueriedRecords queried = new QueriedRecords(schema, store.records());
    this.queryJobs = opened.add(new QueryJobs("org", querySetup(queried)));
    this.queries =
        opened.add(
            new RestQueries(
                queried, store.folder("cursors"), store.records().ids(), clock, rules.query()));
    this.controls = new LiveControls(logins::revokeAll, usage);
    this.faults = new OrgFaults(hooks, controls, clock);
    this.tls =
        options.address().tls() == OrgAddress.Tls.OFF
            ? Optional.empty()
            : Optional.of(TlsIdentity.create(InstantSource.system()));
    this.server = opened.add(server(options.address()));
  }

  static OrgWiring of(OrgOptions options) {
    Opened opened = new Opened();
    try {
      return new OrgWiring(options, opened);
    } catch (RuntimeException | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  private static ConnectedApp app(OrgAccess access, DataDirectory directory, Founders founders) {
    String secret =
        access.secret().orElseGet(() -> directory.remember("secret", OrgWiring::newSecret));
    return new ConnectedApp(CLIENT_ID, secret, founders.loader().username(), access.keys());
  }

  private static String newSecret() {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    return "simulated-" + HexFormat.of().formatHex(random);
  }

  private IngestSetup ingestSetup() {
    return new IngestSetup(
        clock,
        store,
        schema,
        usage,
        hooks,
        journal,
        rules.ingest(),
        rules.rows(),
        rules.cost(),
        directory.seed());
  }

  private QuerySetup querySetup(QueriedRecords queried) {
    return new QuerySetup(
        clock, store, queried, usage, rules.cost(), rules.query(), rules.ingest().retention());
  }

  private OrgServer server(OrgAddress address) {
    OrgParts parts =
        new OrgParts(
            clock,
            schema,
            store,
            usage,
            logins,
            ingest,
            queryJobs,
            queries,
            rules.rows(),
            hooks,
            faults,
            controls,
            journal,
            rules.wire(),
            founders.orgId(),
            directory.seed());
    return new OrgServer("org", parts, address.loginPort(), address.instancePort(), tls, List.of());
  }

  @Override
  public void close() {
    opened.close();
  }
}
