package io.initload.cli.init;

import io.initload.cli.text.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Asks a person at a terminal; where there is none the first answer, or all, is taken. */
final class Questions {
  private final Optional<BufferedReader> in;
  private final Consumer<String> out;

  private Questions(Optional<BufferedReader> in, Consumer<String> out) {
    this.in = in;
    this.out = out;
  }

  /** Of who sits at the standard input. */
  static Questions of(Console console) {
    return new Questions(
        Optional.of(new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))),
        console::event);
  }

  /** Nobody is asked. */
  static Questions none(Console console) {
    return new Questions(Optional.empty(), console::event);
  }

  boolean asked() {
    return in.isPresent();
  }

  void say(String text) {
    out.accept(text);
  }

  /** One of several; the first one where nothing is answered. */
  String one(String question, List<String> choices) {
    if (in.isEmpty() || choices.size() == 1) {
      return choices.get(0);
    }
    list(choices);
    while (true) {
      String answer = text(question + " (a number; Enter for the first)", "1");
      List<String> found = chosen(answer, choices);
      if (found.size() == 1) {
        return found.get(0);
      }
      say("That is none of them.");
    }
  }

  /** Some of several; all where nothing is answered. */
  List<String> several(String question, List<String> choices) {
    if (in.isEmpty()) {
      return choices;
    }
    list(choices);
    while (true) {
      String answer = text(question + " (numbers, as 1-3,7; Enter for all)", "");
      List<String> found = answer.isEmpty() ? choices : chosen(answer, choices);
      if (!found.isEmpty()) {
        return found;
      }
      say("That is none of them.");
    }
  }

  /** A line; the usual answer where nothing is answered, or nobody is there any more. */
  String text(String question, String usual) {
    say(question);
    try {
      String line = in.isPresent() ? in.get().readLine() : null;
      return line == null || line.isBlank() ? usual : line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void list(List<String> choices) {
    for (int i = 0; i < choices.size(); i++) {
      say("%3d  %s".formatted(i + 1, choices.get(i)));
    }
  }

  /** Empty where the answer names what is not there. */
  private static List<String> chosen(String answer, List<String> choices) {
    List<String> chosen = new ArrayList<>();
    for (String piece : answer.split("[,\\s]+", -1)) {
      String[] ends = piece.split("-", 2);
      if (!piece.matches("\\d{1,6}(-\\d{1,6})?")) {
        return List.of();
      }
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[ends.length - 1]);
      if (from < 1 || to > choices.size() || from > to) {
        return List.of();
      }
      IntStream.rangeClosed(from, to).mapToObj(i -> choices.get(i - 1)).forEach(chosen::add);
    }
    return chosen;
  }
}
