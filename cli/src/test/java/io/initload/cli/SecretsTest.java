package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a migration leaves behind, told at the greatest length, has no secret in it. */
@Tag("system")
class SecretsTest {
  /** A session of an org. */
  private static final Pattern TOKEN = Pattern.compile("00D\\w{12,15}!\\w");

  private static final String MASK_KEY = "tiger-by-which-names-are-masked";

  @TempDir Path directory;

  @Test
  void noneIsInALogTheLedgerAFileOrAReport() throws IOException {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID = 7");
      Server server = site.serveSource();
      try {
        site.config(
            text ->
                text.replace(site.source().url(), site.source().url(server.getPort()))
                    .replace(OracleFile.PASSWORD, "${SOURCE_PASSWORD}")
                    .replace(site.org().clientSecret(), "${ORG_SECRET}")
                    .replace("phases: [", "masking: {key: \"${MASK_KEY}\"}\nphases: [")
                    .replace(
                        "    columns:\n      CUST_ID",
                        "    mask: {Name: name}\n    columns:\n      CUST_ID"));
        said(site, "run", 4);
        said(site, "status", 0);
        said(site, "reconcile", 0);
        said(site, "report", 0, "-o", directory.resolve("report.html").toString());
        said(site, "dead-letters export", 0, "-o", directory.resolve("dead-letters").toString());
        said(site, "undo", 0);
      } finally {
        server.stop();
      }
      List<Path> files = files();
      assertThat(files).contains(site.ledger(), directory.resolve("report.html"));
      for (Path file : files) {
        String name = directory.relativize(file).toString();
        assertThat(name).as("a file's name").satisfies(text -> hasNone(site, text));
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).as(name).satisfies(text -> hasNone(site, text));
      }
    }
  }

  private void said(Site site, String command, int code, String... options) {
    Map<String, String> environment =
        Map.of(
            "INITLOAD_LOG",
            "TRACE",
            "SOURCE_PASSWORD",
            OracleFile.PASSWORD,
            "ORG_SECRET",
            site.org().clientSecret(),
            "MASK_KEY",
            MASK_KEY);
    try (Launched run = Launched.start(directory, environment, site.arguments(command, options))) {
      Shell.Result result = run.end().exits(code);
      hasNone(site, result.out() + result.err());
    }
  }

  private static void hasNone(Site site, String text) {
    assertThat(text)
        .doesNotContain(OracleFile.PASSWORD, site.org().clientSecret(), MASK_KEY)
        .doesNotContainPattern(TOKEN);
  }

  /** All that lies there but the source itself. */
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("source"))
          .toList();
    }
  }
}
