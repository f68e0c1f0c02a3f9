package io.initload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("sessions", "parallelHint", "CUST_ID", "url");

  @Test
  void aSlipFindsTheWordThatWasMeant() {
    assertThat(Nearest.to("session", KNOWN)).contains("sessions");
    assertThat(Nearest.to("paralelHint", KNOWN)).contains("parallelHint");
    assertThat(Nearest.to("cust_id", KNOWN)).contains("CUST_ID");
    assertThat(Nearest.to("uri", KNOWN)).contains("url");
  }

  @Test
  void anotherWordFindsNothing() {
    assertThat(Nearest.to("password", KNOWN)).isEmpty();
    assertThat(Nearest.to("x", KNOWN)).isEmpty();
    assertThat(Nearest.to("ab", KNOWN)).isEmpty();
    assertThat(Nearest.to("url", KNOWN)).as("the word itself").isEmpty();
  }
}
