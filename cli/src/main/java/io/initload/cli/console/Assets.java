package io.initload.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page, its style sheet and its scripts: they hold no data, so anybody may have them. */
final class Assets {
  private static final String PAGE = "index.html";

  private static final List<String> NAMES =
      List.of(
          PAGE,
          "console.css",
          "favicon.svg",
          "app.js",
          "certificate.js",
          "dom.js",
          "held.js",
          "jobs.js",
          "live.js",
          "overview.js",
          "table.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Answer> files;

  private Assets(Map<String, Answer> files) {
    this.files = Map.copyOf(files);
  }

  static Assets load() {
    Map<String, Answer> files = new LinkedHashMap<>();
    NAMES.forEach(name -> files.put("/" + name, read(name)));
    files.put("/", read(PAGE));
    return new Assets(files);
  }

  Optional<Answer> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private static Answer read(String name) {
    try (InputStream file = Assets.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the console's " + name + " is missing");
      }
      String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
      return Answer.of(type, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the console's " + name + " cannot be read", e);
    }
  }
}
