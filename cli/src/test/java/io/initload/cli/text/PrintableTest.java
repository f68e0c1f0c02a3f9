package io.initload.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.initload.Failure;
import io.initload.Times;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the org and the data say cannot forge a line or move a cursor. */
class PrintableTest {
  private static final String NASTY = "a\nerror FORGED: b\r\u001b[2Jc\u202Ed\u0085e\tf";
  private static final String REST = "error FORGED: b\\r\\u001b[2Jc\\u202ed\\u0085e\\tf";
  private static final String SHOWN = "a\\n" + REST;

  @Test
  void linesTablesAndFailuresShowWhatTheyHold() {
    assertThat(said(c -> c.line("%s", NASTY))).isEqualTo(SHOWN + "\n");
    assertThat(said(c -> c.line(NASTY))).isEqualTo(SHOWN + "\n");
    TextTable table = new TextTable("table", "rows");
    table.row(NASTY, "1");
    assertThat(said(c -> c.block(table.toString()))).contains("\n" + SHOWN + "     1\n");
    assertThat(said(c -> c.failure(new Failure(Failure.Kind.FAILED, "CODE", NASTY, "Do\nthis."))))
        .isEqualTo("error CODE: a\n  " + REST + "\n  next: Do\\nthis.\n");
    assertThat(Printable.line("Müller \uD83D\uDE00 日本")).isEqualTo("Müller \uD83D\uDE00 日本");
  }

  @Test
  void usageAndFaultsOfOurOwnForgeNoLineEither() {
    assertThat(said(c -> c.misuse("Unknown: '" + NASTY + "'", "initload --help")))
        .isEqualTo("error USAGE: Unknown: 'a\n  " + REST + "'\n  next: initload --help\n");
    Exception fault = new IllegalStateException(NASTY, new IllegalArgumentException(NASTY));
    fault.addSuppressed(new IllegalStateException(NASTY));
    String said = said(c -> c.bug(fault, "report it"));
    assertThat(said.lines().filter(line -> line.startsWith("error")))
        .containsExactly("error BUG: java.lang.IllegalStateException: " + SHOWN);
    assertThat(said)
        .contains("Caused by: java.lang.IllegalArgumentException: " + SHOWN + "\n")
        .contains("Suppressed: java.lang.IllegalStateException: " + SHOWN + "\n")
        .contains("at io.initload.cli.text.PrintableTest")
        .doesNotContain("\u001b", "\u202e");
  }

  /** As the log of a command is set up. */
  @Test
  void anExceptionInTheLogForgesNoLine() throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    try {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      new LogForm().configure(context);
      context.getLogger("io.initload.x").warn("told " + NASTY, new IllegalStateException(NASTY));
      context.stop();
    } finally {
      System.setErr(before);
    }
    String text = log.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .contains("told " + SHOWN + "\njava.lang.IllegalStateException: " + SHOWN + "\n")
        .doesNotContain("\nerror FORGED");
  }

  private static String said(Consumer<Console> what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    what.accept(new Console(stream, stream, false, Volume.NORMAL, Times.ofUser()));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
