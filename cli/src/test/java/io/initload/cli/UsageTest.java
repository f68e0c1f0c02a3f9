package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.shell.Termination;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, and what is said to a command line that is wrong. */
@Tag("system")
class UsageTest {
  @ParameterizedTest
  @ValueSource(strings = {"--help", "dead-letters --help"})
  void summariesAreWholeSentences(String arguments) {
    String help = Shell.run(arguments.split(" ", -1)).exits(0).out();
    String list = help.substring(help.indexOf("Commands:\n") + 10).split("\n\n", -1)[0];
    List<String> summaries =
        List.of(list.stripTrailing().replaceAll("\n {6,}", " ").split("\n", -1));
    assertThat(summaries).hasSizeGreaterThan(2);
    assertThat(summaries).allSatisfy(line -> assertThat(line.strip()).endsWith("."));
  }

  @Test
  void helpForACommandThatDoesNotExistIsAMistake() {
    Shell.Result nosuch = Shell.run("statsu", "--help").exits(1);
    assertThat(nosuch.out()).isEmpty();
    assertThat(nosuch.err()).contains("error USAGE", "statsu", "initload status", "--help");
    assertThat(Shell.run("dead-letters", "lits", "--help").exits(1).err()).contains("list");
    assertThat(Shell.run("status", "--help").exits(0).out()).contains("Usage: initload status");
    assertThat(Shell.run("--version").exits(0).out()).startsWith("initload ");
  }

  @Test
  void noErrorOfTheMachineIsAStackTrace() {
    assertThat(ended(new StackOverflowError(), 3)).startsWith("error TOO_DEEP: ");
    assertThat(ended(new OutOfMemoryError("Java heap space"), 2))
        .startsWith("error OUT_OF_MEMORY: ")
        .contains("Java heap space");
    assertThat(ended(new LinkageError("half a jar"), 3)).startsWith("error BUG: ");
  }

  /** Standard output fails with the error as soon as something is written. */
  private static String ended(Error error, int code) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw error;
          }
        };
    PrintStream out = new PrintStream(broken, true, StandardCharsets.UTF_8);
    PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertThat(Main.run(new String[] {"--version"}, out, said, Termination.none())).isEqualTo(code);
    String text = err.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("  next: ").doesNotContain("\tat ");
    return text;
  }
}
