package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times in the user's zone where people read, in UTC where programs do. */
@Tag("system")
class ZoneTest {
  private static final String ZONE = "initload.zone";

  @TempDir Path directory;

  @BeforeEach
  void inTokyo() {
    System.setProperty(ZONE, "Asia/Tokyo");
  }

  @AfterEach
  void atHome() {
    System.clearProperty(ZONE);
  }

  @Test
  void peopleReadTheirOwnZoneAndProgramsUtc() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      assertThat(site.run("status").exits(0).out()).containsPattern("begun \\S+\\+09:00, snapshot");
      JsonNode status = site.run("status", "--json").exits(0).json();
      assertThat(status.path("startedAt").asText()).endsWith("Z");
      assertThat(site.run("reconcile").exits(0).out()).containsPattern("made +\\S+\\+09:00, level");
      assertThat(site.run("reconcile", "--json").exits(0).json().path("madeAt").asText())
          .endsWith("Z");
      assertThat(site.run("trace", "7", "--table", "CUSTOMERS").exits(0).out())
          .containsPattern("submitted \\S+\\+09:00, ended \\S+\\+09:00");
      Path page = directory.resolve("report.html");
      Path file = directory.resolve("certificate.json");
      site.run("report", "-o", page.toString(), "--certificate", file.toString()).exits(0);
      assertThat(page).content().contains("+09:00 (Asia/Tokyo)");
      assertThat(site.run("report", "--verify", file.toString()).exits(0).out())
          .containsPattern("Certificate of \\S+\\+09:00, digest");
      site.run("doctor", "-o", directory.resolve("doctor.html").toString());
      assertThat(directory.resolve("doctor.html")).content().contains("+09:00 (Asia/Tokyo)");
    }
  }

  /** With a Java that tells what it was started with. */
  @Test
  void theLauncherTellsTheZoneOfTz() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.createDirectories(directory.resolve("lib"));
    Path launcher = Files.copy(Path.of("../bin/initload"), bin.resolve("initload"));
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    for (String zone : List.of("Europe/Berlin", ":Europe/Berlin")) {
      Map<String, String> environment = Map.of("JAVA_HOME", directory.toString(), "TZ", zone);
      List<String> words = List.of("bash", launcher.toString(), "status");
      try (Launched started = Launched.start(directory, environment, words)) {
        assertThat(started.end().exits(0).out().lines())
            .contains("-Dinitload.zone=Europe/Berlin", "-Duser.timezone=UTC");
      }
    }
  }
}
