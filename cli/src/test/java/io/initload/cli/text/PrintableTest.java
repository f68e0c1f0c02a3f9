package io.initload.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure;
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

  private static String said(Consumer<Console> what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    what.accept(new Console(stream, stream, false));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
