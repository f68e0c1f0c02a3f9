package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.codes.CodeEntry;
import io.initload.codes.CodeTable;
import io.initload.pipeline.HeldRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a remedy tells to type is there, with the options that it names. */
@Tag("system")
class RemediesTest {
  private static final Pattern COMMAND = Pattern.compile("`(initload [a-z][^`]*)`");

  static Stream<String> commands() throws IOException {
    Set<String> commands = new TreeSet<>();
    for (String text : texts()) {
      Matcher matcher = COMMAND.matcher(text);
      while (matcher.find()) {
        commands.add(matcher.group(1));
      }
    }
    return commands.stream();
  }

  /** The runbook, which shows the tables of codes, and the failures that the program makes. */
  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    texts.add(Files.readString(Path.of("..", "docs", "runbook.md")));
    texts.add(HeldRows.remedy("EXTERNAL_ID_NULL"));
    texts.add(HeldRows.remedy("DATE_INVALID"));
    try (Stream<Path> files = Files.walk(Path.of("..", "engine", "src", "main", "java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        // Texts that are broken over lines.
        texts.add(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
      }
    }
    return texts;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isThereWithItsOptions(String command) {
    List<String> words = List.of(command.split(" ", -1));
    List<String> path = words.stream().skip(1).takeWhile(w -> w.matches("[a-z][a-z-]*")).toList();
    boolean step = path.get(0).equals("task");
    List<String> called = new ArrayList<>(step ? path.subList(0, 1) : path);
    called.add("--help");
    String help = Shell.run(called.toArray(String[]::new)).exits(0).out();
    assertThat(help).startsWith("Usage: initload " + (step ? "task" : String.join(" ", path)));
    words.stream()
        .filter(word -> word.startsWith("--"))
        .forEach(option -> assertThat(help).as(command).contains(option));
    if (step) {
      path.stream().skip(1).forEach(word -> assertThat(help).as(command).contains(word));
    }
  }

  /** What is corrected in the source must be read from there; as it was staged it fails again. */
  @Test
  void whoCorrectsTheSourceIsToldToReadItAgain() {
    for (String table : Arrays.asList("rows", "jobs")) {
      for (CodeEntry entry : CodeTable.read(table).entries()) {
        String remedy = entry.remedy();
        assertThat(remedy).as("%s", entry.codes()).doesNotContain("then replay");
        if (remedy.contains("in the source")) {
          assertThat(remedy).as("%s", entry.codes()).contains("--from-source`");
        }
      }
    }
  }
}
