package io.initload.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.PrivateFile;
import io.initload.cli.shell.CertificateFile;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.FileTrouble;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.TextTable;
import io.initload.config.MigrationConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.audit.Chain;
import io.initload.ledger.audit.Chain.Broken;
import io.initload.ledger.audit.Chain.Head;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "audit",
    description = {
      "Follows the chain of all acts on source and org, and names the first line that is not as it"
          + " was written; exit code 6 when there is one. Reads the ledger alone.",
      "Example: initload audit -c migration.yaml --certificate certificate.json -o acts.jsonl"
    })
public final class AuditCommand extends TriedCommand {
  @Option(
      names = "--certificate",
      paramLabel = "FILE.json",
      description =
          "A certificate of before, whose head the chain must have; may be repeated. A chain that"
              + " was written anew as a whole shows by nothing else.")
  private List<Path> certificates = List.of();

  @Option(
      names = "--head",
      paramLabel = "LINES:HASH",
      converter = HeadText.class,
      description = "As --certificate, a head by itself, as notifications have it.")
  private List<Head> heads = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.jsonl",
      description = "Where the lines go, a JSON object each.")
  private @Nullable Path output;

  public AuditCommand(Wiring wiring) {
    super(wiring);
  }

  /** What {@code --json} prints. */
  private record Audited(
      boolean intact, Head head, Optional<Broken> broken, Map<String, Long> acts) {}

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination) {
    List<Head> known = new ArrayList<>(heads);
    certificates.forEach(file -> known.add(noted(file)));
    Map<String, Long> acts = new TreeMap<>();
    Audited audited;
    try (Ledger ledger = Ledger.openToRead(config.ledger(), config.name(), Clock.systemUTC())) {
      Optional<Broken> broken = followed(ledger, known, acts);
      audited = new Audited(broken.isEmpty(), ledger.audit().head(), broken, acts);
    }
    say(audited, known, console);
    console.document(audited);
    return (audited.intact() ? ExitCode.DONE : ExitCode.MISMATCH).code();
  }

  private Optional<Broken> followed(Ledger ledger, List<Head> known, Map<String, Long> acts) {
    Consumer<String> count = line -> acts.merge(Chain.act(line), 1L, Long::sum);
    if (output == null) {
      return ledger.audit().verify(known, count);
    }
    List<Optional<Broken>> found = new ArrayList<>();
    try {
      PrivateFile.write(
          output, out -> found.add(ledger.audit().verify(known, count.andThen(into(out)))));
    } catch (UncheckedIOException e) {
      throw FileTrouble.unwritten(
          "AUDIT_FILE", "The lines", output, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw FileTrouble.unwritten("AUDIT_FILE", "The lines", output, e);
    }
    return found.get(0);
  }

  private static Consumer<String> into(Writer out) {
    return line -> {
      try {
        out.write(line + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static Head noted(Path certificate) {
    JsonNode audit = CertificateFile.read(certificate).path("provenance").path("audit");
    return new Head(audit.path("lines").asLong(), audit.path("hash").asText());
  }

  private static void say(Audited audited, List<Head> known, Console console) {
    TextTable table = new TextTable("act", "times");
    audited.acts().forEach((act, times) -> table.row(act, TextTable.number(times)));
    console.block(table.toString());
    audited
        .broken()
        .ifPresent(
            broken -> console.line("Line %,d of the audit log %s.", broken.line(), broken.why()));
    if (audited.intact()) {
      console.line(
          "All %,d lines of the audit log are as they were written%s.",
          audited.head().lines(), known.isEmpty() ? "" : ", and it has each head that was noted");
    }
    console.line("Its head is %s", audited.head());
  }

  /** Reads what is given on the command line. */
  static final class HeadText implements ITypeConverter<Head> {
    @Override
    public Head convert(String text) {
      try {
        return Head.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(text + " " + e.getMessage());
      }
    }
  }
}
