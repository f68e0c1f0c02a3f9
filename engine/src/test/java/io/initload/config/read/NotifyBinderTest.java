package io.initload.config.read;

import static io.initload.config.read.ConfigFixtures.parse;
import static io.initload.config.read.ConfigFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.MigrationConfig;
import io.initload.config.Secret;
import io.initload.config.notify.NotifyConfig;
import io.initload.config.notify.NotifyConfig.Encryption;
import io.initload.config.notify.NotifyConfig.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The block {@code notify}; its faults are in faults.yaml. */
class NotifyBinderTest {
  @Test
  void everySettingIsRead() {
    assertThat(parse(text("full.yaml")).notifications())
        .isEqualTo(
            new NotifyConfig(
                Set.of(Event.STARTED, Event.DONE),
                Duration.ofSeconds(5),
                Optional.of(
                    new NotifyConfig.Webhook(
                        new Secret("https://hooks.example.com/T0/secret-path"),
                        new Secret("tiger-sf"))),
                Optional.of(
                    new NotifyConfig.Mail(
                        "smtp.example.com",
                        465,
                        Encryption.TLS,
                        "etl",
                        new Secret("tiger-ledger"),
                        "etl@example.com",
                        List.of("dba@example.com", "crm@example.com")))));
  }

  @Test
  void nobodyIsToldUnlessSomebodyIsNamed() {
    NotifyConfig notify = parse(text("minimal.yaml")).notifications();
    assertThat(notify).isEqualTo(NotifyConfig.NONE);
    assertThat(notify.somebody()).isFalse();
  }

  @Test
  void whereItGoesAndByWhichSecretIsPrintedNowhere() {
    MigrationConfig config = parse(text("full.yaml"));
    assertThat(config.toString()).doesNotContain("secret-path", "tiger-sf", "tiger-ledger");
  }

  @Test
  void ofAServerThatTakesMailFromAnybodyThreeSettingsAreEnough() {
    NotifyConfig notify =
        parse(
                text("minimal.yaml")
                    + "\n"
                    + "notify: {mail: {host: mail, from: etl@example.com, to: dba@example.com}}\n")
            .notifications();
    assertThat(notify.mail())
        .contains(
            new NotifyConfig.Mail(
                "mail",
                587,
                Encryption.STARTTLS,
                "",
                Secret.NONE,
                "etl@example.com",
                List.of("dba@example.com")));
    assertThat(notify.events()).containsExactlyInAnyOrder(Event.values());
  }
}
