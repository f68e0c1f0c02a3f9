package io.initload.cli.command;

import io.initload.FileName;
import io.initload.PrivateFile;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.FileTrouble;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.ledger.keys.KeyList;
import io.initload.library.OpenMigration;
import io.initload.pipeline.KeyExport;
import io.initload.pipeline.KeyExport.Written;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prepare.Prepared;
import io.initload.staging.CsvSheet;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export-keys",
    description = {
      "Writes which record each loaded row is, external id and record id, as CSV, a file for each"
          + " table, or into the ledger's database; exit code 6 when a table has not as many records"
          + " as loaded rows.",
      "Example: initload export-keys -c migration.yaml -o keys"
    })
public final class ExportKeysCommand extends TriedCommand {
  @ArgGroup(exclusive = false, multiplicity = "1")
  private Places places = new Places();

  /** Where they go; one of them at least. */
  private static final class Places {
    @Option(
        names = {"-o", "--output"},
        paramLabel = "DIR",
        description = "Where the files go; made when it is not there. Files in it are replaced.")
    private @Nullable Path output;

    @Option(
        names = "--into-ledger",
        description =
            "Write them into the ledger's database, where the view record_key has them for whoever"
                + " joins by SQL.")
    private boolean intoLedger;
  }

  @Mixin private ChosenTables chosen = new ChosenTables();

  public ExportKeysCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    List<Written> all = new ArrayList<>();
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      Phases phases =
          Preparation.of(
                  config, migration.bench().source(), migration.bench().org(), chosen.names(config))
              .require();
      KeyExport export = new KeyExport(migration.bench());
      if (places.output != null) {
        PrivateFile.directory(places.output);
      }
      for (Prepared table : export.tables(phases)) {
        Written written = write(export, phases, table);
        all.add(written);
        say(written, console);
      }
    } catch (InterruptedIOException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw FileTrouble.unwritten(
          "EXPORT_FILE", "The keys", Objects.requireNonNull(places.output), e);
    }
    if (places.intoLedger) {
      console.line("The ledger's database has them in the view record_key.");
    }
    console.document(Map.of("tables", all));
    next(console, "reconcile", chosen.toString());
    return all.stream().allMatch(Written::complete)
        ? ExitCode.DONE.code()
        : ExitCode.MISMATCH.code();
  }

  private Written write(KeyExport export, Phases phases, Prepared table)
      throws IOException, InterruptedException {
    Optional<KeyList> list = places.intoLedger ? Optional.of(export.list(table)) : Optional.empty();
    Written written = write(export, phases, table, list);
    list.ifPresent(ended -> ended.end(written.records(), written.loaded()));
    return written;
  }

  private Written write(KeyExport export, Phases phases, Prepared table, Optional<KeyList> list)
      throws IOException, InterruptedException {
    Path directory = places.output;
    if (directory == null) {
      return export.write(phases, table, list.orElseThrow()::take);
    }
    List<Written> written = new ArrayList<>();
    PrivateFile.write(
        file(directory, table.table()), out -> written.add(into(out, export, phases, table, list)));
    return written.get(0);
  }

  private static Written into(
      Writer out, KeyExport export, Phases phases, Prepared table, Optional<KeyList> list)
      throws IOException {
    try (CsvSheet.Out csv = new CsvSheet.Out(out)) {
      KeyExport.Sink file = KeyExport.csv(table, csv);
      return export.write(
          phases,
          table,
          row -> {
            file.take(row);
            list.ifPresent(l -> l.take(row));
          });
    } catch (InterruptedException e) {
      InterruptedIOException stopped = new InterruptedIOException("it was interrupted");
      stopped.initCause(e);
      throw stopped;
    }
  }

  private static Path file(Path directory, String table) {
    return directory.resolve(FileName.of(table) + ".csv");
  }

  private void say(Written written, Console console) {
    Path directory = places.output;
    console.line(
        "%s: %,d records of %s, %,d rows are booked as loaded%s",
        directory == null ? written.table() : file(directory, written.table()),
        written.records(),
        written.object(),
        written.loaded(),
        written.complete() ? "" : ": THEY DIFFER");
    console.line("  what they are: %s", written.limit());
  }

  private static InterruptedException interrupted(InterruptedIOException e) {
    InterruptedException stopped = new InterruptedException(e.getMessage());
    stopped.initCause(e);
    return stopped;
  }
}
