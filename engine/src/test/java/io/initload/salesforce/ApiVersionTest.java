package io.initload.salesforce;

import static io.initload.salesforce.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.AuthConfig;
import io.initload.config.Secret;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfigs;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("system")
class ApiVersionTest {
  private static final String VERSIONS = "GET /services/data";

  @ParameterizedTest
  @CsvSource({"31, 68, 67.0", "31, 67, 67.0", "31, 64, 64.0", "58, 58, 58.0", "67, 80, 67.0"})
  void theNewestThatBothKnowIsSpoken(int oldest, int newest, String spoken) throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on(VERSIONS, ScriptedServer.versions(oldest, newest));
      server.on("GET /services/data/v%s/limits".formatted(spoken), json(200, "{}"));
      try (Org org = connect(server, Optional.empty())) {
        assertThat(org.apiVersion()).isEqualTo(spoken);
        assertThat(org.limits().allowances()).isEmpty();
      }
    }
  }

  @Test
  void theConfiguredOneIsSpoken() throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        Org org = connect(server, Optional.of("61.0"))) {
      assertThat(org.apiVersion()).isEqualTo("61.0");
    }
  }

  @Test
  void oneThatTheOrgDoesNotOfferIsRefusedBeforeAnythingIsAsked() throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      assertThatThrownBy(() -> connect(server, Optional.of("70.0")))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo("ORG_VERSION"))
          .hasMessageContaining("version 70.0")
          .hasMessageContaining("58.0 to 68.0");
    }
  }

  @ParameterizedTest
  @CsvSource({"31, 57", "68, 70"})
  void anOrgOfAnotherTimeIsRefused(int oldest, int newest) throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on(VERSIONS, ScriptedServer.versions(oldest, newest));
      assertThatThrownBy(() -> connect(server, Optional.empty()))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo("ORG_VERSION"))
          .hasMessageContaining("%d.0 to %d.0".formatted(oldest, newest));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "[{}]", "[{\"version\":\"latest\"}]", "[{\"version\":67}]"})
  void whatIsNoListOfVersionsIsNoOrg(String answer) throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on(VERSIONS, json(200, answer));
      assertThatThrownBy(() -> connect(server, Optional.empty()))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo("ORG_ANSWER"));
    }
  }

  private static Org connect(ScriptedServer server, Optional<String> version)
      throws InterruptedException {
    TargetConfig config =
        TargetConfigs.of(server.url(), new AuthConfig.ClientCredentials("app", new Secret("hush")))
            .apiVersion(version)
            .http(
                new TargetConfig.Http(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    4,
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1)))
            .build();
    return OrgFixture.connect(config, wait -> {});
  }
}
