package io.initload.cli.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.cli.command.TriedCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.FileTrouble;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.config.MigrationConfig.Wave;
import io.initload.ledger.Ledger;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "bundle",
    description = {
      "Writes what somebody who helps needs to see into one zip file: versions, the configuration"
          + " without secrets and values, state and figures of the ledger, the last lines of a log."
          + " No value of a row is in it; look through it before you send it.",
      "Example: initload bundle -c migration.yaml -o bundle.zip --log run.log"
    })
public final class BundleCommand extends TriedCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.zip",
      description = "Where it goes, in the place of one that may be there.")
  private @Nullable Path output;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "What a command wrote to stderr; its last lines go in, redacted.")
  private @Nullable Path log;

  @Option(
      names = "--doctor",
      paramLabel = "FILE.json",
      description = "What doctor -o wrote beside its page; its verdicts go in.")
  private @Nullable Path doctor;

  public BundleCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination) {
    Clock clock = Clock.systemUTC();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("versions.json", Console.text(Figures.versions(clock)));
    for (Wave wave : config.waves()) {
      String file =
          config.waves().size() == 1
              ? "configuration.json"
              : "configuration-%d.json".formatted(wave.number());
      files.put(file, Console.text(Redaction.settings(wave.settings())));
    }
    ledger(config, clock, files);
    if (doctor != null) {
      files.put("doctor.json", Console.text(Figures.doctor(examined(doctor))));
    }
    if (log != null) {
      files.put("log.txt", tail(log));
    }
    Redaction redaction = new Redaction(config);
    files.replaceAll((name, text) -> redaction.hide(text));
    Path file = Objects.requireNonNull(output).toAbsolutePath();
    try {
      write(file, files);
    } catch (IOException e) {
      throw FileTrouble.unwritten("BUNDLE_FILE", "The bundle", file, e);
    }
    console.line("The bundle is in %s: %s", file, String.join(", ", files.keySet()));
    console.line("Look through it before you send it.");
    console.document(Map.of("file", file.toString(), "entries", files.keySet()));
    next(console, "status", "");
    return ExitCode.DONE.code();
  }

  /** Whoever asks for help may have no ledger that can be read. */
  private static void ledger(MigrationConfig config, Clock clock, Map<String, String> files) {
    Object status;
    Object figures;
    try (Ledger ledger = Ledger.openToRead(config.ledger(), config.name(), clock)) {
      figures = Figures.ledger(ledger);
      try {
        status = Figures.status(ledger, config);
      } catch (Failure notBegun) {
        status = Figures.away(notBegun);
      }
    } catch (Failure away) {
      figures = Figures.away(away);
      status = figures;
    }
    files.put("status.json", Console.text(status));
    files.put("ledger.json", Console.text(figures));
  }

  private static JsonNode examined(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw unread(file, "it is no JSON");
    } catch (IOException e) {
      throw unread(file, FileTrouble.words(e));
    }
  }

  private static String tail(Path file) {
    try {
      return LogTail.of(file);
    } catch (IOException e) {
      throw unread(file, FileTrouble.words(e));
    }
  }

  private static Failure unread(Path file, String why) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "BUNDLE_SOURCE",
        "%s cannot be read: %s. No bundle was written.".formatted(file.toAbsolutePath(), why),
        "Name a file that a command wrote by --log or --doctor, or leave the option out.");
  }

  private static void write(Path file, Map<String, String> files) throws IOException {
    Path directory = Objects.requireNonNullElse(file.getParent(), Path.of("/"));
    Path part = PrivateFile.temporary(directory, "." + file.getFileName() + "-", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part);
          ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
        for (Map.Entry<String, String> each : files.entrySet()) {
          zip.putNextEntry(new ZipEntry(each.getKey()));
          zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
          zip.closeEntry();
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
