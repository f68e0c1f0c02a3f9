package io.initload.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Shell;
import io.initload.cli.Site;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may look, and who may not. */
@Tag("system")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConsoleAccessTest {
  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void begun() {
    site = Site.open(directory);
    site.run("run", "--phase", "reference").exits(0);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aNameThatIsNotOursAndAnotherSiteAreRefused() throws Exception {
    try (Looked console = Looked.at(site, "--name", "console.example")) {
      int port = console.url().getPort();
      for (String path : new String[] {"/", "/facts", "/events"}) {
        String line = "GET " + path + " HTTP/1.1";
        assertThat(console.raw(line, "Host: evil.example:" + port)).as(path).isEqualTo(403);
        assertThat(console.raw("GET http://evil.example" + path + " HTTP/1.1", "Host: localhost"))
            .as(path)
            .isIn(400, 403);
      }
      assertThat(console.raw("GET /facts HTTP/1.1", "Host: localhost:" + port)).isEqualTo(200);
      assertThat(console.raw("GET /facts HTTP/1.1", "Host: 127.0.0.1:" + port)).isEqualTo(200);
      assertThat(console.raw("GET /facts HTTP/1.1", "Host: Console.Example")).isEqualTo(200);
      assertThat(console.raw("GET /facts HTTP/1.1", "X: without a host")).isEqualTo(400);
      String own = "http://127.0.0.1:" + port;
      assertThat(console.get("/facts", "Origin", own).statusCode()).isEqualTo(200);
      for (String origin : new String[] {"http://evil.example", "null", own + "1", "no origin"}) {
        assertThat(console.get("/facts", "Origin", origin).statusCode()).as(origin).isEqualTo(403);
      }
    }
  }

  @Test
  void itOnlyShows() {
    try (Looked console = Looked.at(site)) {
      HttpResponse<String> post = console.post("/facts", "{}");
      assertThat(post.statusCode()).isEqualTo(405);
      assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
      assertThat(console.get("/session").statusCode()).isEqualTo(405);
      for (String path : new String[] {"/../console.css", "/..%2fconsole.css", "/none", "/app"}) {
        assertThat(console.get(path).statusCode()).as(path).isIn(200, 400, 404);
        assertThat(console.get(path).body()).as(path).doesNotContain("jdbc:");
      }
    }
  }

  @Test
  void thePageLetsNothingInFromElsewhere() {
    try (Looked console = Looked.at(site)) {
      HttpResponse<String> page = console.get("/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
          .doesNotContain("unsafe", "*", "http", "data:");
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(page.headers().firstValue("Server")).isEmpty();
      assertThat(page.body()).doesNotContain("http:", "https:", " on", "style=", "<style");
    }
  }

  @Test
  void whoDoesNotKnowTheTokenSeesNoData() throws Exception {
    Path file = directory.resolve("token");
    try (Looked console = Looked.at(site, "--token-file", file.toString())) {
      assertThat(console.token()).isEmpty();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String token = Files.readString(file).strip();
      assertThat(token).hasSize(43);
      assertThat(console.get("/").statusCode()).isEqualTo(200);
      for (String path : new String[] {"/facts", "/events", "/held", "/report", "/none"}) {
        assertThat(console.get(path).statusCode()).as(path).isEqualTo(401);
        assertThat(console.get(path, "Authorization", "Bearer " + token + "x").statusCode())
            .as(path)
            .isEqualTo(401);
      }
      assertThat(console.get("/facts", "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(200);
      assertThat(console.post("/session", "not it").statusCode()).isEqualTo(401);
      HttpResponse<String> in = console.post("/session", token);
      assertThat(in.statusCode()).isEqualTo(204);
      String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
      assertThat(console.get("/facts", "Cookie", cookie.split(";", 2)[0]).statusCode())
          .isEqualTo(200);
      Shell.Result ended = console.end().exits(0);
      assertThat(ended.out() + ended.err()).doesNotContain(token);
    }
  }

  @Test
  void awayFromLoopbackATokenIsAskedForAndSaidOnce() {
    try (Looked console = Looked.at(site, "--address", "0.0.0.0")) {
      assertThat(console.get("/facts").statusCode()).isEqualTo(401);
      assertThat(console.token()).hasSize(43);
      assertThat(console.get("/facts", "Authorization", "Bearer " + console.token()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aFileWithoutATokenIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "secret\n");
    Shell.Result refused =
        site.run("console", "--port", "0", "--token-file", file.toString()).exits(1);
    assertThat(refused.err()).contains("CONSOLE_TOKEN").doesNotContain("secret");
    Path other = directory.resolve("other");
    try (Looked console = Looked.at(site, "--token-file", other.toString())) {
      assertThat(console.get("/facts").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aPortThatIsTakenIsNamedAndAnotherOneWorks() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Shell.Result refused = site.run("console", "--port", port).exits(2);
      assertThat(refused.err()).contains("CONSOLE_ADDRESS", port, "--port");
    }
    assertThat(site.run("console", "--address", "no such address").exits(1).err())
        .contains("CONSOLE_ADDRESS");
    try (Looked console = Looked.at(site)) {
      assertThat(console.get("/facts").statusCode()).isEqualTo(200);
    }
  }
}
