package io.initload.simulator;

import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.clock.RunningClock;
import io.initload.simulator.http.WireRules;
import io.initload.simulator.limits.Allocations;
import io.initload.simulator.query.QueryRules;
import io.initload.simulator.setup.OrgSetup;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What an org is to be like. Immutable; start from {@link #defaults} and change what matters.
 *
 * @param address where clients find it
 * @param content what it begins with and keeps
 * @param access who may log in
 * @param rules how it behaves
 */
public record OrgOptions(
    OrgAddress address, OrgContent content, OrgAccess access, OrgClock clock, OrgRules rules) {
  /**
   * A full sandbox on free ports with the machine's clock, temporary data, a secret of its own,
   * rows that take no org time, and the best reading of everything that is not confirmed.
   */
  public static OrgOptions defaults() {
    return new OrgOptions(
        OrgAddress.anywhere(),
        OrgContent.temporary(),
        OrgAccess.ownSecret(),
        RunningClock.real(),
        OrgRules.defaults());
  }

  /** Listens on fixed ports; 0 for any free one. */
  public OrgOptions ports(int login, int instance) {
    return at(new OrgAddress(login, instance, address.tls()));
  }

  /** Speaks https, or not. */
  public OrgOptions tls(OrgAddress.Tls mode) {
    return at(new OrgAddress(address.loginPort(), address.instancePort(), mode));
  }

  private OrgOptions at(OrgAddress other) {
    return new OrgOptions(other, content, access, clock, rules);
  }

  /** Keeps its data in a directory. */
  public OrgOptions data(Path directory) {
    return holding(content.withData(directory));
  }

  /** Adds the objects of a folder of describe documents. */
  public OrgOptions describes(Path folder) {
    return holding(content.withDescribes(folder));
  }

  /** Has been set up by an administrator. */
  public OrgOptions setup(OrgSetup setup) {
    return holding(content.withSetup(setup));
  }

  /** Hides fields, as {@code Object.Field}, from the loading user. */
  public OrgOptions hide(String... fields) {
    return holding(content.withHiddenFields(Set.of(fields)));
  }

  /** Is no sandbox, by its own word. */
  public OrgOptions production() {
    return holding(content.inProduction());
  }

  /** Draws ids and orders from another seed. */
  public OrgOptions seed(long seed) {
    return holding(content.withSeed(seed));
  }

  private OrgOptions holding(OrgContent other) {
    return new OrgOptions(address, other, access, clock, rules);
  }

  /** Has this secret instead of one of its own, and tokens that follow from it. */
  public OrgOptions secret(String secret) {
    return open(access.withSecret(secret));
  }

  /** Accepts assertions signed with one more key. */
  public OrgOptions trust(RSAPublicKey key) {
    return open(access.withKey(key));
  }

  private OrgOptions open(OrgAccess other) {
    return new OrgOptions(address, content, other, clock, rules);
  }

  /** Lives by another clock. */
  public OrgOptions clock(OrgClock other) {
    return new OrgOptions(address, content, access, other, rules);
  }

  /** Takes org time for rows. */
  public OrgOptions cost(CostModel cost) {
    return behave(r -> r.withCost(cost));
  }

  /** Has other limits. */
  public OrgOptions allocations(Allocations allocations) {
    return behave(r -> r.withLimits(allocations));
  }

  /** Has other rules for the wire. */
  public OrgOptions wire(WireRules wire) {
    return behave(r -> r.withWire(wire));
  }

  /** Has other rules for queries. */
  public OrgOptions query(QueryRules query) {
    return behave(r -> r.withQuery(query));
  }

  /**
   * Sets one of the {@link OrgSwitches} by name, such as {@code "wire.uploadGzip"} to {@code
   * "reject"}.
   *
   * @throws IllegalArgumentException if there is no such switch, or it has no such value
   */
  public OrgOptions set(String name, String value) {
    return behave(r -> OrgSwitches.set(r, name, value));
  }

  private OrgOptions behave(UnaryOperator<OrgRules> change) {
    return new OrgOptions(address, content, access, clock, change.apply(rules));
  }
}
