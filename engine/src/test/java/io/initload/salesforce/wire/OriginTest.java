package io.initload.salesforce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.initload.Failure;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a session's calls may go. */
class OriginTest {
  private static final URI ORG = URI.create("https://acme.my.salesforce.com");
  private static final URI LOCAL = URI.create("http://127.0.0.1:8080");

  @ParameterizedTest
  @CsvSource({
    "https://acme.my.salesforce.com, https://acme.my.salesforce.com",
    "https://acme.my.salesforce.com/deep/, https://acme.my.salesforce.com",
    "https://acme.my.salesforce.com:8443, https://acme.my.salesforce.com:8443",
    "http://localhost:8080, http://localhost:8080",
    "http://[::1]:8080, http://[::1]:8080"
  })
  void readsWhereATokenLeads(String text, URI origin) {
    assertThat(Origin.read(text)).isEqualTo(origin);
  }

  @Test
  void pathsStayWithTheOrg() {
    assertThat(Origin.resolve(ORG, "/services/data/v60.0/query?q=A%20B"))
        .hasToString("https://acme.my.salesforce.com/services/data/v60.0/query?q=A%20B");
    assertThat(Origin.resolve(ORG, "https://ACME.my.salesforce.com:443/next"))
        .hasToString("https://ACME.my.salesforce.com:443/next");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/steal",
        ":80/steal",
        "@evil.example/steal",
        "//evil.example/steal",
        "http://127.0.0.1:8081/steal",
        "https://127.0.0.1:8080/steal",
        "http://user@127.0.0.1:8080/steal",
        "http://evil.example:8080/steal",
        "steal",
        "?steal",
        "",
        "/a b"
      })
  void nothingLeadsAwayFromIt(String path) {
    Failure failure = catchThrowableOfType(Failure.class, () -> Origin.resolve(LOCAL, path));
    assertThat(failure.code()).isEqualTo("ORG_ADDRESS");
    assertThat(failure.getMessage()).doesNotContain("steal");
  }
}
