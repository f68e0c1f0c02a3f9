package io.initload.config.read;

import io.initload.config.DataSize;
import io.initload.config.LedgerConfig;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig;
import io.initload.config.SampleSize;
import io.initload.config.SourceConfig;
import io.initload.config.SourceUrls;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.config.TargetConfig;
import io.initload.config.notify.NotifyConfig;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The whole file, its smaller blocks, and what must hold between blocks. */
final class MigrationBinder {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern PASSWORD =
      Pattern.compile("//[^?;]*:[^?;]*@|(password|passwd|pwd)=", Pattern.CASE_INSENSITIVE);
  private static final List<String> LEDGERS = List.of("jdbc:sqlite:", "jdbc:postgresql:");
  private static final String NOT_A_NAME =
      "is not a name: letters, digits, dots, hyphens and underscores, at most 64";
  private static final int BATCH = 10_000;

  private final SourceUrls sourceUrls;

  private static final int WAVES_MAX = 1_000;

  MigrationBinder(SourceUrls sourceUrls) {
    this.sourceUrls = sourceUrls;
  }

  MigrationConfig bind(Section root) {
    List<String> phases = phases(root);
    return bind(root, phases, both -> tables(root, both, phases));
  }

  /** A file that says which two sides are meant, and not yet which tables. */
  MigrationConfig bindSides(Section root) {
    for (String drafted : List.of("phases", "tables")) {
      if (root.has(drafted)) {
        root.fault(drafted, "is what is drafted: begin with a file of name, source and target");
      }
    }
    return bind(root, List.of(), both -> List.of());
  }

  /** What tables are read against. */
  private record Sides(
      SourceConfig source, Optional<ZoneId> zone, TargetConfig target, Maps maps, Masks masks) {}

  private MigrationConfig bind(
      Section root, List<String> phases, Function<Sides, List<TableConfig>> tables) {
    String name = root.parsed("name", "", MigrationBinder::name);
    int wave = root.integer("wave", 1, 1, WAVES_MAX);
    Section sourceSection = root.section("source");
    SourceConfig source = source(sourceSection);
    Optional<ZoneId> zone =
        sourceSection.has("zone")
            ? Optional.of(sourceSection.parsed("zone", Section.TEXT, "UTC", TableBinder::zone))
            : Optional.empty();
    TargetConfig target = new TargetBinder().bind(root.section("target"));
    StagingConfig staging = staging(root.section("staging"), source, target);
    LedgerConfig ledger = ledger(root.section("ledger"));
    Section proof = root.section("reconcile");
    ReconcileConfig reconcile = reconcile(proof);
    Sides sides =
        new Sides(
            source, zone, target, Maps.of(root.free("maps")), Masks.of(root.section("masking")));
    NotifyConfig notify = new NotifyBinder().bind(root.section("notify"));
    List<TableConfig> bound = tables.apply(sides);
    return new MigrationConfig(
            name,
            source,
            target,
            staging,
            ledger,
            new ReconcileConfig(
                reconcile.level(),
                reconcile.sample(),
                new Exemptions(bound).of(proof.free("exempt")),
                reconcile.signingKeyFile()),
            phases,
            bound)
        .told(notify)
        .wave(wave);
  }

  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(NOT_A_NAME);
    }
    return text;
  }

  private SourceConfig source(Section section) {
    String url = section.text("url");
    if (!url.isEmpty()) {
      sourceUrls.fault(url).ifPresent(fault -> section.fault("url", fault));
    }
    return new SourceConfig(
        url,
        section.text("user", ""),
        section.secret("password"),
        section.has("driver")
            ? Optional.of(section.parsed("driver", Path.of(""), Section::path))
            : Optional.empty(),
        section.integer("sessions", 4, 1, 256),
        section.integer("parallelHint", 8, 0, 256),
        section.size(
            "fetchBytes", DataSize.megabytes(4), DataSize.parse("64KB"), DataSize.megabytes(256)),
        silence(section, "readTimeout", SourceConfig.READ_TIMEOUT),
        silence(section, "planTimeout", SourceConfig.PLAN_TIMEOUT),
        section.hours("hours"),
        section.choice("consistency", SourceConfig.Consistency.SNAPSHOT));
  }

  /** What a socket's time-out can hold, in milliseconds, is 24 days. */
  private static Duration silence(Section section, String name, Duration otherwise) {
    return section.duration(name, otherwise, Duration.ofSeconds(1), Duration.ofDays(20));
  }

  /** The ledger's URL; it goes into logs and reports, so that no password may stand in it. */
  private static String ledgerUrl(Section section) {
    String url = section.text("url");
    if (!url.isEmpty() && LEDGERS.stream().noneMatch(url::startsWith)) {
      section.fault("url", "must begin with " + String.join(", ", LEDGERS));
    }
    if (PASSWORD.matcher(url).find()) {
      section.fault("url", "contains a password; use the settings user and password");
    }
    return url;
  }

  private static StagingConfig staging(Section section, SourceConfig source, TargetConfig target) {
    DataSize partBytes =
        section.size(
            "partBytes", DataSize.megabytes(95), DataSize.megabytes(1), DataSize.megabytes(100));
    StagingConfig staging =
        new StagingConfig(
            section.parsed("directory", Section.TEXT, "data/staging", Section::path),
            section.size(
                "maxBytes",
                DataSize.gigabytes(50),
                DataSize.megabytes(1),
                DataSize.gigabytes(1_000_000)),
            section.integer("partRows", 250_000, BATCH, 150_000_000),
            partBytes);
    checkParts(section, staging, source, target);
    return staging;
  }

  private static void checkParts(
      Section section, StagingConfig staging, SourceConfig source, TargetConfig target) {
    int rows = staging.partRows();
    if (rows % BATCH != 0) {
      section.fault(
          "partRows", rows + " is not a multiple of 10,000, the rows of one batch of the quota");
    }
    if (rows > target.dailyRecords() || rows / BATCH > target.dailyBatches()) {
      section.fault(
          "partRows",
          "a part of %d rows never fits into target.dailyRecords (%d) and target.dailyBatches (%d)"
              .formatted(rows, target.dailyRecords(), target.dailyBatches()));
    }
    DataSize least = new DataSize(source.sessions() * staging.partBytes().bytes());
    if (staging.maxBytes().compareTo(least) < 0) {
      section.fault(
          "maxBytes",
          "%s cannot hold one part of %s for each of the %d source.sessions; at least %s"
              .formatted(staging.maxBytes(), staging.partBytes(), source.sessions(), least));
    }
  }

  private static LedgerConfig ledger(Section section) {
    String url =
        section.has("url") ? ledgerUrl(section) : section.text("url", "jdbc:sqlite:data/ledger.db");
    LedgerConfig ledger =
        new LedgerConfig(
            url,
            section.text("user", ""),
            section.secret("password"),
            section.duration(
                "patience", LedgerConfig.PATIENCE, Duration.ofMillis(1), Duration.ofHours(1)));
    if (url.startsWith("jdbc:sqlite:")) {
      for (String key : List.of("user", "password")) {
        if (section.has(key)) {
          section.fault(key, "has no meaning for SQLite; protect the file instead");
        }
      }
    }
    return ledger;
  }

  private static ReconcileConfig reconcile(Section section) {
    return new ReconcileConfig(
        section.choice("level", ReconcileConfig.Level.SAMPLE),
        sample(section),
        Map.of(),
        Optional.of(section.parsed("signingKeyFile", Section.TEXT, "", Section::path))
            .filter(file -> !file.toString().isEmpty()));
  }

  private static SampleSize sample(Section section) {
    int rows = section.integer("sampleRows", 1_000, 1, SampleSize.ROWS_MAX);
    Section sample = section.section("sample");
    if (!section.has("sample")) {
      return new SampleSize.Rows(rows);
    }
    if (section.has("sampleRows")) {
      section.fault("sampleRows", "stands beside sample: how many rows follows from one of them");
    }
    return new SampleSize.Assured(
        sample.parsed("confidence", Section.TEXT, "99%", SampleSize::percent),
        sample.parsed("error", BigDecimal.ONE, SampleSize::percent));
  }

  private static List<String> phases(Section root) {
    List<String> phases = root.has("phases") ? root.texts("phases") : List.of("all");
    Set<String> seen = new HashSet<>();
    for (String phase : phases) {
      if (!NAME.matcher(phase).matches()) {
        root.fault("phases", "\"" + phase + "\" " + NOT_A_NAME);
      } else if (!seen.add(phase)) {
        root.fault("phases", phase + " is given twice");
      }
    }
    return phases;
  }

  private static List<TableConfig> tables(Section root, Sides sides, List<String> phases) {
    if (!root.has("tables")) {
      root.fault("tables", "lacks its tables: at least one is needed");
    }
    TableBinder binder =
        new TableBinder(sides.source, sides.zone, sides.target, phases, sides.maps, sides.masks);
    List<Bound> bound = new ArrayList<>();
    Map<String, Section> names = new HashMap<>();
    for (Section section : root.sections("tables")) {
      TableConfig table = binder.bind(section);
      Optional<Section> pair =
          bound.stream().filter(b -> b.holdsRowsOf(table)).map(Bound::section).findFirst();
      bound.add(new Bound(table, section));
      if (table.object().isEmpty() || table.name().isEmpty()) {
        continue;
      }
      Section name = names.putIfAbsent(table.name(), section);
      if (pair.isPresent()) {
        section.fault(
            "source",
            "%s is loaded into %s already by the table on line %d"
                .formatted(table.source(), table.object(), pair.get().lineOf("source")));
      } else if (name != null) {
        section.fault(
            section.has("name") ? "name" : "source",
            "%s is the name of the table on line %d already; give this one another with name:"
                .formatted(table.name(), name.lineOf("source")));
      }
    }
    return bound.stream().map(Bound::table).toList();
  }

  private record Bound(TableConfig table, Section section) {
    /** Whether it loads rows of the other into the same object, as far as conditions tell. */
    boolean holdsRowsOf(TableConfig other) {
      String where = table.source().where();
      String others = other.source().where();
      return table.object().equals(other.object())
          && table.source().whole().equals(other.source().whole())
          && (where.isEmpty() || others.isEmpty() || where.equals(others));
    }
  }
}
