package io.initload.simulator;

import io.initload.simulator.auth.AuthRules;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.bulk.ingest.IngestRules;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.clock.RunningClock;
import io.initload.simulator.dml.DmlRules;
import io.initload.simulator.http.WireRules;
import io.initload.simulator.limits.Allocations;
import io.initload.simulator.query.QueryRules;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an org is to be like. Immutable; start from {@link #defaults} and change what matters.
 *
 * @param loginPort port of the login host on 127.0.0.1, 0 for any free one
 * @param instancePort port of the instance, 0 for any free one
 * @param data directory that keeps the org's data; empty for a temporary one, deleted on close
 * @param describes folder of describe documents whose objects are added or replace built-in ones
 * @param hiddenFields fields the loading user cannot see, as {@code Object.Field}
 * @param seed decides ids, tokens and the order of results; kept data keeps its first one
 * @param tls whether clients speak https
 * @param keys public keys that sign assertions of the JWT bearer flow
 */
public record OrgOptions(
    int loginPort,
    int instancePort,
    Optional<Path> data,
    Optional<Path> describes,
    Set<String> hiddenFields,
    long seed,
    OrgClock clock,
    CostModel cost,
    Allocations allocations,
    AuthRules auth,
    WireRules wire,
    IngestRules ingest,
    DmlRules dml,
    QueryRules query,
    Tls tls,
    List<RSAPublicKey> keys) {
  public OrgOptions {
    hiddenFields = Set.copyOf(hiddenFields);
    keys = List.copyOf(keys);
  }

  /**
   * A full sandbox on free ports with the machine's clock, temporary data, rows that take no org
   * time, and the best reading of everything that is not confirmed.
   */
  public static OrgOptions defaults() {
    return new OrgOptions(
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        42,
        RunningClock.real(),
        CostModel.off(),
        Allocations.fullSandbox(),
        AuthRules.defaults(),
        WireRules.defaults(),
        IngestRules.defaults(),
        DmlRules.defaults(),
        QueryRules.usual(),
        Tls.OFF,
        List.of());
  }

  /** Listens on fixed ports. */
  public OrgOptions ports(int login, int instance) {
    return new Change(this).ports(login, instance).done();
  }

  /** Keeps its data in a directory. */
  public OrgOptions data(Path directory) {
    return new Change(this).data(directory).done();
  }

  /** Adds the objects of a folder of describe documents. */
  public OrgOptions describes(Path folder) {
    return new Change(this).describes(folder).done();
  }

  /** Hides fields, as {@code Object.Field}, from the loading user. */
  public OrgOptions hide(String... fields) {
    return new Change(this).hide(Set.of(fields)).done();
  }

  /** Draws ids and orders from another seed. */
  public OrgOptions seed(long seed) {
    return new Change(this).seed(seed).done();
  }

  /** Lives by another clock. */
  public OrgOptions clock(OrgClock clock) {
    return new Change(this).clock(clock).done();
  }

  /** Takes org time for rows. */
  public OrgOptions cost(CostModel cost) {
    return new Change(this).cost(cost).done();
  }

  /** Has other limits. */
  public OrgOptions allocations(Allocations allocations) {
    return new Change(this).allocations(allocations).done();
  }

  /** Has other rules for logins. */
  public OrgOptions auth(AuthRules rules) {
    return new Change(this).auth(rules).done();
  }

  /** Has other rules for the wire. */
  public OrgOptions wire(WireRules rules) {
    return new Change(this).wire(rules).done();
  }

  /** Has other rules for ingest jobs. */
  public OrgOptions ingest(IngestRules rules) {
    return new Change(this).ingest(rules).done();
  }

  /** Has other rules for rows. */
  public OrgOptions dml(DmlRules rules) {
    return new Change(this).dml(rules).done();
  }

  /** Has other rules for queries. */
  public OrgOptions query(QueryRules rules) {
    return new Change(this).query(rules).done();
  }

  /** Whether clients speak https to the org. */
  public enum Tls {
    /** Plain http. */
    OFF,
    /** https with a new certificate that clients must be told to trust. */
    SELF_SIGNED
  }

  /** Speaks https, or not. */
  public OrgOptions tls(Tls mode) {
    return new Change(this).tls(mode).done();
  }

  /** Accepts assertions signed with one more key. */
  public OrgOptions trust(RSAPublicKey key) {
    List<RSAPublicKey> more = new ArrayList<>(keys);
    more.add(key);
    return new Change(this).keys(more).done();
  }

  /**
   * Sets one of the {@link OrgSwitches} by name, such as {@code "wire.uploadGzip"} to {@code
   * "reject"}.
   */
  public OrgOptions set(String name, String value) {
    return OrgSwitches.set(this, name, value);
  }

  /** Copies options with some of them changed. */
  private static final class Change {
    private int loginPort;
    private int instancePort;
    private Optional<Path> data;
    private Optional<Path> describes;
    private Set<String> hiddenFields;
    private long seed;
    private OrgClock clock;
    private CostModel cost;
    private Allocations allocations;
    private AuthRules auth;
    private WireRules wire;
    private IngestRules ingest;
    private DmlRules dml;
    private QueryRules query;
    private Tls tls;
    private List<RSAPublicKey> keys;

    Change(OrgOptions from) {
      loginPort = from.loginPort;
      instancePort = from.instancePort;
      data = from.data;
      describes = from.describes;
      hiddenFields = from.hiddenFields;
      seed = from.seed;
      clock = from.clock;
      cost = from.cost;
      allocations = from.allocations;
      auth = from.auth;
      wire = from.wire;
      ingest = from.ingest;
      dml = from.dml;
      query = from.query;
      tls = from.tls;
      keys = from.keys;
    }

    Change ports(int login, int instance) {
      loginPort = login;
      instancePort = instance;
      return this;
    }

    Change data(Path value) {
      data = Optional.of(value);
      return this;
    }

    Change describes(Path value) {
      describes = Optional.of(value);
      return this;
    }

    Change hide(Set<String> value) {
      hiddenFields = value;
      return this;
    }

    Change seed(long value) {
      seed = value;
      return this;
    }

    Change clock(OrgClock value) {
      clock = value;
      return this;
    }

    Change cost(CostModel value) {
      cost = value;
      return this;
    }

    Change allocations(Allocations value) {
      allocations = value;
      return this;
    }

    Change auth(AuthRules value) {
      auth = value;
      return this;
    }

    Change wire(WireRules value) {
      wire = value;
      return this;
    }

    Change ingest(IngestRules value) {
      ingest = value;
      return this;
    }

    Change dml(DmlRules value) {
      dml = value;
      return this;
    }

    Change query(QueryRules value) {
      query = value;
      return this;
    }

    Change tls(Tls value) {
      tls = value;
      return this;
    }

    Change keys(List<RSAPublicKey> value) {
      keys = value;
      return this;
    }

    OrgOptions done() {
      return new OrgOptions(
          loginPort,
          instancePort,
          data,
          describes,
          hiddenFields,
          seed,
          clock,
          cost,
          allocations,
          auth,
          wire,
          ingest,
          dml,
          query,
          tls,
          keys);
    }
  }
}
