package io.initload.cli.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Launched;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notification that does not arrive neither stops a run nor is complained of twice. */
@Tag("system")
class UnreachedTest {
  @TempDir Path directory;

  @Test
  void receiversThatRefuse() {
    try (Receivers receivers = new Receivers();
        Site site = Site.open(directory)) {
      receivers.closeMail();
      site.config(
          text -> text + receivers.block().replace("token: " + Receivers.TOKEN, "token: wrong"));
      Map<String, String> talkative = Map.of("INITLOAD_LOG", "TRACE");
      Shell.Result run = Launched.start(directory, talkative, site.arguments("run")).end().exits(0);
      assertThat(times(run.err(), "Nobody could be told by webhook: answered with status 403"))
          .isEqualTo(1);
      assertThat(times(run.err(), "Nobody could be told by mail")).isEqualTo(1);
      assertThat(run.err()).doesNotContain(Receivers.PATH, "wrong", Receivers.PASSWORD);
      assertThat(site.run("reconcile").exits(0).out()).contains("The books close");
    }
  }

  @Test
  void receiversThatAreSilent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Site site = Site.open(directory)) {
      site.config(
          text ->
              text
                  + """
                  notify:
                    timeout: 300ms
                    webhook: {url: "http://127.0.0.1:%1$d/hook"}
                    mail: {host: 127.0.0.1, port: %1$d, encryption: none, from: a@example.com, to: b@example.com}
                  """
                      .formatted(silent.getLocalPort()));
      Shell.Result run = site.run("run").exits(0);
      assertThat(times(run.err(), "Nobody could be told by webhook")).isEqualTo(1);
      assertThat(run.out()).contains("Everything chosen is loaded");
    }
  }

  /** A mail server that cannot turn to TLS gets neither password nor mail. */
  @Test
  void aServerInPlainTextWhereTlsIsWanted() {
    try (Receivers receivers = new Receivers();
        Site site = Site.open(directory)) {
      site.config(
          text -> text + receivers.block().replace("encryption: none", "encryption: starttls"));
      Shell.Result run = site.run("run").exits(0);
      assertThat(times(run.err(), "Nobody could be told by mail")).isEqualTo(1);
      assertThat(receivers.mails()).isEmpty();
      assertThat(receivers.events()).containsExactly("started", "done");
    }
  }

  private static int times(String text, String what) {
    return (int) Pattern.compile(Pattern.quote(what)).matcher(text).results().count();
  }
}
