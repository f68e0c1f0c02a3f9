package io.initload.cli.command;

import io.initload.cli.text.Volume;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that works on a migration. */
final class CommonOptions {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The migration's configuration; of several waves, repeated.")
  private List<Path> configs = List.of();

  @Option(
      names = "--json",
      description = "Print exactly one JSON document on stdout; everything else goes to stderr.")
  private boolean json;

  @Mixin private VolumeOptions volume = new VolumeOptions();

  List<Path> configs() {
    return configs;
  }

  boolean json() {
    return json;
  }

  Volume volume() {
    return volume.apply();
  }
}
