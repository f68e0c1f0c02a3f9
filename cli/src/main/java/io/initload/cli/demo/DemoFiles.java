package io.initload.cli.demo;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.cli.shell.FileTrouble;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The files of a demo, all below one private directory. */
record DemoFiles(Path directory) {
  /** Marks a directory as the demo's own, which alone it may empty. */
  private static final String MARK = ".initload-demo";

  static DemoFiles prepare(Path directory) {
    DemoFiles files = new DemoFiles(directory.toAbsolutePath().normalize());
    try {
      if (Files.exists(directory) && !Files.exists(directory.resolve(MARK))) {
        try (Stream<Path> content = Files.list(directory)) {
          if (content.findAny().isPresent()) {
            throw new Failure(
                Failure.Kind.CONFIGURATION,
                "DEMO_DIRECTORY",
                directory + " exists and is not a directory of an earlier demo.",
                "Name another directory by --directory.");
          }
        }
      }
      files.empty();
      PrivateFile.directory(files.directory);
      Files.createFile(files.directory.resolve(MARK));
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "DEMO_DIRECTORY",
          "The demo's directory %s cannot be prepared: %s."
              .formatted(directory, FileTrouble.words(e)),
          "Name a directory that may be written by --directory.",
          e);
    }
    return files;
  }

  private void empty() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> content;
    try (Stream<Path> walk = Files.walk(directory)) {
      content = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : content) {
      if (!path.equals(directory)) {
        Files.delete(path);
      }
    }
  }

  Path config() {
    return directory.resolve("demo.yaml");
  }

  Path report() {
    return directory.resolve("report.html");
  }

  Path database() {
    return directory.resolve("source");
  }

  String sourceUrl() {
    return "jdbc:h2:file:" + database() + ";MODE=Oracle";
  }

  OrgOptions orgOptions() {
    return OrgOptions.defaults().data(directory.resolve("org"));
  }

  /**
   * Writes the configuration with the values of this demo in it, so that the other commands can be
   * tried on it afterwards.
   */
  void configure(SimulatedOrg org) {
    Map<String, String> values =
        Map.of(
            "DEMO_SOURCE_URL", sourceUrl(),
            "DEMO_LOGIN_URL", org.loginUrl(),
            "DEMO_INSTANCE", URI.create(org.instanceUrl()).getAuthority(),
            "DEMO_CLIENT_ID", org.clientId(),
            "DEMO_CLIENT_SECRET", org.clientSecret(),
            "DEMO_DIRECTORY", directory.toString());
    try (var in =
        Objects.requireNonNull(DemoFiles.class.getResourceAsStream("demo.yaml"), "demo.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (var value : values.entrySet()) {
        text = text.replace("${" + value.getKey() + "}", value.getValue());
      }
      PrivateFile.write(config(), text);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "DEMO_DIRECTORY",
          "The demo's configuration %s cannot be written: %s."
              .formatted(config(), FileTrouble.words(e)),
          "Name a directory that may be written by --directory.",
          e);
    }
  }
}
