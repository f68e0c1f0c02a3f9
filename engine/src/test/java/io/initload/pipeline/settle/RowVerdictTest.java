package io.initload.pipeline.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.TableConfigs;
import io.initload.ledger.entry.ExceptionRow.State;
import io.initload.ledger.entry.Refused;
import io.initload.salesforce.errors.RowError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowVerdictTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int RETRIES = 3;

  @Test
  void aRowRefusedForALockIsTriedAgainAsOftenAsTheTableAllows() {
    assertThat(verdict(1, "UNABLE_TO_LOCK_ROW").state()).isEqualTo(State.PENDING);
    assertThat(verdict(RETRIES, "UNABLE_TO_LOCK_ROW").state()).isEqualTo(State.PENDING);
    assertThat(verdict(RETRIES + 1, "UNABLE_TO_LOCK_ROW").state()).isEqualTo(State.DEAD);
  }

  @Test
  void aRowThatCanNeverGoIsADeadLetterAtOnce() {
    assertThat(verdict(1, "REQUIRED_FIELD_MISSING").state()).isEqualTo(State.DEAD);
  }

  @Test
  void aRowThatAFullOrgRefusedWaitsHoweverOftenItWasTried() {
    assertThat(verdict(RETRIES + 1, "STORAGE_LIMIT_EXCEEDED").state()).isEqualTo(State.PENDING);
  }

  @Test
  void theWaitDoublesUpToFiveMinutes() {
    assertThat(List.of(1, 2, 3, 6, 7, 40))
        .extracting(tries -> Duration.between(NOW, verdict(tries, "UNABLE_TO_LOCK_ROW").dueAt()))
        .containsExactly(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(160),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
  }

  @Test
  void aRowWhoseRecordIsThereGoesAgainWithoutWhatOnlyANewOneTakes() {
    Refused refused = verdict(RETRIES + 1, "INVALID_FIELD_FOR_INSERT_UPDATE", List.of(1));
    assertThat(refused.state()).isEqualTo(State.PENDING);
    assertThat(refused.data()).containsExactly("K1", "");
    assertThat(refused.leftOut()).containsExactly("Name");
  }

  @Test
  void theRowIsBookedWithItsKeyItsFieldsAndWhatTheOrgSaid() {
    Refused refused = verdict(2, "UNABLE_TO_LOCK_ROW");
    assertThat(refused.externalId()).isEqualTo("K1");
    assertThat(refused.attempts()).isEqualTo(2);
    assertThat(refused.code()).isEqualTo("UNABLE_TO_LOCK_ROW");
    assertThat(refused.message()).isEqualTo("told by the org");
    assertThat(refused.data()).containsExactly("K1", "Name");
  }

  private static Refused verdict(int tries, String code) {
    return verdict(tries, code, List.of());
  }

  private static Refused verdict(int tries, String code, List<Integer> leftOut) {
    return new RowVerdict(
            TableConfigs.of("SALES").retries(RETRIES).build(), List.of("Key", "Name"), tries, NOW)
        .of("K1", List.of("K1", "Name"), new RowError(code, "told by the org", List.of()), leftOut);
  }
}
