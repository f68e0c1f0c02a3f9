package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real bash completes with the script that the command prints. */
@Tag("system")
class CompletionTest {
  /** As bash itself asks: the words so far, the last of them half typed. */
  private static final String ASKING =
      """
      compopt() { :; } # bash has it only while somebody types
      source "$1"; shift
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      "$(complete -p initload | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "rec, reconcile",
    "cons, console",
    "dead-letters re, replay",
    "reconcile --le, --level",
    "reconcile --level C, COUNT",
    "run --qu, --quiet",
    "dead-letters replay --verb, --verbose",
    "demo --qu, --quiet",
    "task --req, --request"
  })
  void commandsOptionsAndValuesAreCompleted(String typed, String completed) throws Exception {
    Path script =
        Files.writeString(directory.resolve("completion"), Shell.run("completion").exits(0).out());
    List<String> words =
        new ArrayList<>(List.of("bash", "-c", ASKING, "bash", script.toString(), "initload"));
    words.addAll(List.of(typed.split(" ", -1)));
    Process bash = new ProcessBuilder(words).redirectErrorStream(true).start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.lines()).contains(completed);
    assertThat(bash.waitFor()).isZero();
  }
}
