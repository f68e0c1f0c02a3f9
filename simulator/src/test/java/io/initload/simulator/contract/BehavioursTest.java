package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.OrgOptions;
import io.initload.simulator.behaviour.Behaviour;
import io.initload.simulator.behaviour.Behaviours;
import io.initload.simulator.behaviour.Caller;
import io.initload.simulator.behaviour.Outcome;
import io.initload.simulator.behaviour.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be asked of any org is answered as the table says, and otherwise by its switches. */
@Tag("system")
class BehavioursTest {
  private static final Behaviours TABLE = Behaviours.read();

  static List<Behaviour> behaviours() {
    return TABLE.all();
  }

  @ParameterizedTest
  @MethodSource("behaviours")
  void theSimulatedOrgBehavesSo(Behaviour behaviour) throws InterruptedException {
    try (Org org = Org.open()) {
      Trial trial = trial(org);
      Outcome outcome = trial.of(behaviour);
      assertThat(outcome.seen()).isEqualTo("As expected.");
      assertThat(outcome.kind()).isEqualTo(Outcome.Kind.AS_EXPECTED);
      assertThat(trial.clean()).isZero();
    }
  }

  static Stream<String> switches() {
    return TABLE.all().stream().flatMap(b -> b.switches().stream());
  }

  @ParameterizedTest
  @MethodSource("switches")
  void anOrgWithAnotherSwitchIsToldByIt(String setting) throws InterruptedException {
    String[] parts = setting.split("=", 2);
    try (Org org = Org.simulated(OrgOptions.defaults().set(parts[0], parts[1]))) {
      Behaviour behaviour =
          TABLE.all().stream()
              .filter(b -> b.switches().contains(setting))
              .findFirst()
              .orElseThrow();
      Outcome outcome = trial(org).of(behaviour);
      assertThat(outcome.setting()).as(outcome.seen()).isEqualTo(setting);
      assertThat(outcome.kind()).isEqualTo(Outcome.Kind.OTHERWISE);
    }
  }

  @Test
  void whatItWroteIsTakenAway() throws InterruptedException {
    try (Org org = Org.open()) {
      Trial trial = trial(org);
      for (Behaviour behaviour : TABLE.all()) {
        trial.of(behaviour);
      }
      String count = "SELECT COUNT() FROM Account WHERE External_ID__c LIKE '%s%%'";
      String ours = count.formatted(org.key("b").replace("-", ""));
      assertThat(org.query(ours).path("totalSize").asInt()).isPositive();
      assertThat(trial.clean()).isZero();
      assertThat(org.query(ours).path("totalSize").asInt()).isZero();
    }
  }

  @Test
  void whatNeedsControlOfAnOrgIsListed() {
    TreeSet<String> simulated = new TreeSet<>();
    Rows.table().values().stream()
        .filter(row -> row.world().equals("simulator"))
        .forEach(row -> simulated.add(Integer.toString(row.number())));
    assertThat(new TreeSet<>(TABLE.unprovable().keySet())).isEqualTo(simulated);
  }

  private static Trial trial(Org org) {
    return new Trial(
        new OverHttp(org), "Account", "External_ID__c", "Name", org.key("b").replace("-", ""));
  }

  /** A plain client. */
  private record OverHttp(Org org) implements Caller {
    @Override
    public Reply send(Request request) {
      HttpRequest.Builder builder = org.request(request.path().replace("'", "%27"));
      byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
      if (!request.contentType().isEmpty()) {
        builder.header("Content-Type", request.contentType() + "; charset=UTF-8");
      }
      if (request.gzip()) {
        builder.header("Content-Encoding", "gzip");
        body = gzip(body);
      }
      builder.method(
          request.method(),
          request.contentType().isEmpty()
              ? BodyPublishers.noBody()
              : BodyPublishers.ofByteArray(body));
      HttpResponse<String> response = org.send(builder);
      Map<String, String> headers = new HashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new Reply(response.statusCode(), headers, response.body());
    }

    private static byte[] gzip(byte[] plain) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(plain);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }

    @Override
    public void pause() throws InterruptedException {
      Thread.sleep(Org.isReal() ? 2_000 : 5);
    }
  }
}
