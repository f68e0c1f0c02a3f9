package io.initload.simulator.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.auth.Logins;
import io.initload.simulator.auth.OrgUser;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.fault.ActiveFaults;
import io.initload.simulator.fault.AllocationNames;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.OrgControls;
import io.initload.simulator.fault.OrgFaults;
import io.initload.simulator.http.Addresses;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.limits.Usage;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.settings.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What no real org has: {@code /admin} moves the clock, starts faults, opens and ends sessions and
 * sets limits, for tests in other languages than Java. Needs no session, is not counted, and is
 * never struck by a fault.
 */
public final class AdminRoutes {
  /** The names by which a caller on this machine reaches the org. */
  private static final Set<String> OWN_HOSTS = Set.of("127.0.0.1", "localhost");

  private final OrgClock clock;
  private final Usage usage;
  private final OrgFaults faults;
  private final OrgControls controls;
  private final Logins logins;
  private final Addresses addresses;

  public AdminRoutes(OrgParts org, Addresses addresses) {
    this.clock = org.clock();
    this.usage = org.usage();
    this.faults = org.faults();
    this.controls = org.controls();
    this.logins = org.logins();
    this.addresses = addresses;
  }

  public List<Route> routes() {
    return List.of(
        open("GET", "admin/faults", "admin.faults", exchange -> Reply.json(200, faults())),
        open("POST", "admin/faults", "admin.faults", this::startFaults),
        open("DELETE", "admin/faults", "admin.faults", exchange -> clear()),
        open("GET", "admin/clock", "admin.clock", exchange -> Reply.json(200, time())),
        open("POST", "admin/clock", "admin.clock", this::advance),
        open("POST", "admin/sessions", "admin.sessions", this::logIn),
        open("POST", "admin/sessions/revoke", "admin.sessions", exchange -> revoke()),
        open("GET", "admin/limits", "admin.limits", exchange -> Reply.json(200, limits())),
        open("POST", "admin/limits", "admin.limits", this::setLimits));
  }

  private static Route open(String method, String pattern, String action, Route.Answer answer) {
    return Route.of(
        Route.Scope.OPEN, method, pattern, action, exchange -> () -> refusing(answer, exchange));
  }

  /** A mistake of the caller is answered with its message. */
  private static Reply refusing(Route.Answer answer, Exchange exchange) throws IOException {
    refuseStrangers(exchange.header("Host"));
    try {
      return answer.to(exchange);
    } catch (IllegalArgumentException e) {
      throw OrgException.bad("ADMIN_ERROR", String.valueOf(e.getMessage()));
    }
  }

  /**
   * A web page can have its own name point to this machine and reach us from the browser of who
   * reads it; the browser then still sends that name.
   */
  private static void refuseStrangers(String host) {
    String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    if (!OWN_HOSTS.contains(name)) {
      throw new OrgException(
          OrgException.Kind.FORBIDDEN,
          "ADMIN_ERROR",
          "/admin answers requests to 127.0.0.1 and localhost only, not to '%s'".formatted(host));
    }
  }

  /** The body is a plan, as YAML or JSON, or {@code {"seed":8817,"drawn":0.05}} for a drawn one. */
  private Reply startFaults(Exchange exchange) throws IOException {
    String text = new String(exchange.bytes(), StandardCharsets.UTF_8);
    faults.start(FaultPlan.yaml(text));
    return Reply.json(200, faults());
  }

  private Reply clear() {
    faults.clear();
    return Reply.empty(204);
  }

  private ObjectNode faults() {
    ObjectNode answer = Json.object();
    Optional<ActiveFaults> active = faults.current();
    answer.put("seed", active.map(l -> l.plan().seed()).orElse(0L));
    answer.put("rules", active.map(l -> l.plan().rules().size()).orElse(0));
    ObjectNode counts = answer.putObject("counts");
    active.ifPresent(l -> l.counts().forEach(counts::put));
    ArrayNode strikes = answer.putArray("strikes");
    active.ifPresent(
        l ->
            l.strikes()
                .forEach(
                    s ->
                        strikes
                            .addObject()
                            .put("at", s.at().toString())
                            .put("rule", s.rule())
                            .put("target", s.target())));
    return answer;
  }

  private ObjectNode time() {
    return Json.object()
        .put("now", clock.instant().toString())
        .put("virtual", clock instanceof VirtualClock);
  }

  /** The body is {@code {"advance":"PT10M"}}; only a virtual clock can be moved. */
  private Reply advance(Exchange exchange) throws IOException {
    String span = exchange.json().path("advance").asText("");
    if (!(clock instanceof VirtualClock virtual)) {
      throw new OrgException(
          OrgException.Kind.CONFLICT,
          "ADMIN_ERROR",
          "the org's clock runs by itself and cannot be moved; start the simulator with a virtual"
              + " clock");
    }
    Duration by = Span.parse("advance", span);
    virtual.advance(by);
    return Reply.json(200, time());
  }

  /**
   * The body is {@code {"username":"admin@simulated.example"}}: a session of that user, so that a
   * test can have jobs and records that are somebody else's.
   */
  private Reply logIn(Exchange exchange) throws IOException {
    String username = exchange.json().path("username").asText("");
    OrgUser user =
        logins
            .byUsername(username)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no user '%s'; there are %s"
                            .formatted(username, String.join(", ", logins.usernames()))));
    return Reply.json(
        200,
        Json.object()
            .put("access_token", logins.open(user).token())
            .put("instance_url", addresses.instanceUrl())
            .put("user_id", user.id()));
  }

  private Reply revoke() {
    controls.revokeSessions();
    return Reply.empty(204);
  }

  private ObjectNode limits() {
    ObjectNode answer = Json.object();
    for (AllocationNames name : AllocationNames.values()) {
      answer.put(name.wireName(), name.of(usage.allocations()));
    }
    return answer;
  }

  /** The body is {@code {"DailyApiRequests":100}}: the named limits change, the others stay. */
  private Reply setLimits(Exchange exchange) throws IOException {
    JsonNode wanted = exchange.json();
    for (Map.Entry<String, JsonNode> limit : wanted.properties()) {
      AllocationNames.of(limit.getKey());
      if (!limit.getValue().canConvertToLong() || limit.getValue().asLong() < 0) {
        throw new IllegalArgumentException(
            "%s must be a number, not %s".formatted(limit.getKey(), limit.getValue()));
      }
    }
    wanted
        .properties()
        .forEach(limit -> controls.setLimit(limit.getKey(), limit.getValue().asLong()));
    return Reply.json(200, limits());
  }
}
