package io.initload;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.undo.UndoCertificate;
import io.initload.source.DbaStatements;
import io.initload.source.Dialects;
import io.initload.source.Drift;
import io.initload.source.RowCursor;
import io.initload.source.ScratchTable;
import io.initload.source.SourceCatalogue;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceExaminer;
import io.initload.source.SourceFailure;
import io.initload.source.TableScanner;
import io.initload.source.TableShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the layout: who may use whom, and what only one place may do. */
class ArchitectureTest {
  private static final String BASE = "io.initload.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludeJars())
          .importPackages("io.initload")
          .that(
              JavaClass.Predicates.resideOutsideOfPackage(BASE + "simulator..")
                  .as("the engine's own classes"));

  private static final String[] PURE = {
    "config", "expression", "masking", "mapping", "plan", "retry", "codes", "evidence"
  };

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("codes")
        .definedBy(BASE + "codes..")
        .layer("config")
        .definedBy(BASE + "config..")
        .layer("expression")
        .definedBy(BASE + "expression..")
        .layer("masking")
        .definedBy(BASE + "masking..")
        .layer("mapping")
        .definedBy(BASE + "mapping..")
        .layer("plan")
        .definedBy(BASE + "plan..")
        .layer("retry")
        .definedBy(BASE + "retry..")
        .layer("evidence")
        .definedBy(BASE + "evidence..")
        .layer("source")
        .definedBy(BASE + "source..")
        .layer("staging")
        .definedBy(BASE + "staging..")
        .layer("salesforce")
        .definedBy(BASE + "salesforce..")
        .layer("ledger")
        .definedBy(BASE + "ledger..")
        .layer("pipeline")
        .definedBy(BASE + "pipeline..")
        .layer("report")
        .definedBy(BASE + "report..")
        .layer("draft")
        .definedBy(BASE + "draft..")
        .layer("library")
        .definedBy(BASE + "library..")
        .whereLayer("codes")
        .mayNotAccessAnyLayer()
        .whereLayer("config")
        .mayNotAccessAnyLayer()
        .whereLayer("retry")
        .mayNotAccessAnyLayer()
        .whereLayer("expression")
        .mayOnlyAccessLayers("config")
        .whereLayer("masking")
        .mayOnlyAccessLayers("config")
        .whereLayer("mapping")
        .mayOnlyAccessLayers("config", "expression", "masking")
        .whereLayer("plan")
        .mayOnlyAccessLayers("config", "mapping")
        .whereLayer("evidence")
        .mayOnlyAccessLayers("mapping")
        .whereLayer("source")
        .mayOnlyAccessLayers(PURE)
        .whereLayer("staging")
        .mayOnlyAccessLayers(PURE)
        .whereLayer("salesforce")
        .mayOnlyAccessLayers(PURE)
        .whereLayer("ledger")
        .mayOnlyAccessLayers(PURE)
        .whereLayer("draft")
        .mayOnlyAccessLayers("config", "mapping", "source")
        .whereLayer("draft")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("pipeline")
        .mayOnlyBeAccessedByLayers("report", "library")
        .whereLayer("report")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("library")
        .mayNotBeAccessedByAnyLayer()
        .because("each outside thing ends in one package, and only pipeline knows two of them")
        .check(CLASSES);
  }

  /** The acts in the order of the flow: each may know those before it. */
  @Test
  void actsFollowTheFlow() {
    String pipeline = BASE + "pipeline";
    List<String> acts =
        List.of(
            "work", "begin", "prepare", "profile", "extract", "load", "settle", "drain", "reset",
            "prove", "examine");
    for (int i = 0; i < acts.size(); i++) {
      noClasses()
          .that()
          .resideInAPackage(pipeline + "." + acts.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              Stream.concat(Stream.of(""), acts.stream().skip(i + 1).map(act -> "." + act))
                  .map(room -> pipeline + room)
                  .toArray(String[]::new))
          .because("rows move one way, and what comes later knows what came before")
          .check(CLASSES);
    }
  }

  /**
   * Rooms of the pipeline are its own, but for the values that its callers hold in hand, and for
   * the library, which sets up its workbench.
   */
  @Test
  void onlyThePipelineSeesItsRooms() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + "pipeline..", BASE + "library..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage(BASE + "pipeline.*..")
                .and(
                    not(
                        JavaClass.Predicates.belongToAnyOf(
                            Certificate.class, UndoCertificate.class))))
        .because("callers go through the front doors")
        .check(CLASSES);
  }

  /** Whoever reads a source holds its front doors in hand, and the values that they give. */
  @Test
  void onlyTheSourceSeesItsDialectsAndRooms() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "source..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage(BASE + "source..")
                .and(
                    not(
                        JavaClass.Predicates.belongToAnyOf(
                            SourceDatabase.class,
                            Dialects.class,
                            TableShape.class,
                            RowCursor.class,
                            Drift.class,
                            SourceExaminer.class,
                            TableScanner.class,
                            SourceCatalogue.class,
                            ScratchTable.class,
                            SourceFailure.class,
                            DbaStatements.class))))
        .because("callers go through the front doors")
        .check(CLASSES);
  }

  @Test
  void nothingGoesRoundInACircle() {
    for (Circles circles : List.of(Circles.ofFiles(), Circles.ofRooms(), Circles.ofPackages())) {
      slices()
          .assignedFrom(circles)
          .should()
          .beFreeOfCycles()
          .because("what goes round in a circle cannot be read from one end")
          .check(CLASSES);
    }
  }

  @Test
  void theEngineDoesNotKnowTheSimulator() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + "simulator..")
        .because("client and fake must not be wrong together")
        .check(CLASSES);
  }

  @Test
  void onlyTheSleeperSleeps() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "retry..")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(TimeUnit.class, "sleep", long.class)
        .orShould()
        .callMethod(LockSupport.class, "parkNanos", long.class)
        .because("waiting goes through retry.Sleeper, so that tests and rehearsals own time")
        .check(CLASSES);
  }

  @Test
  void timeComesFromAClock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("the clock is an argument")
        .check(CLASSES);
  }

  @Test
  void outsideThingsEndInTheirPackage() {
    for (Edge edge :
        List.of(
            new Edge("java.sql..", "source", "ledger"),
            new Edge("org.jdbi..", "ledger"),
            new Edge("java.net.http..", "salesforce"),
            new Edge("org.snakeyaml..", "config"),
            new Edge("dev.cel..", "expression"),
            new Edge("de.siegmar..", "config", "staging", "salesforce", "codes"))) {
      noClasses()
          .that()
          .resideOutsideOfPackages(
              Stream.of(edge.homes).map(home -> BASE + home + "..").toArray(String[]::new))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(edge.library)
          .because(edge.library + " ends in " + String.join(" and ", edge.homes))
          .check(CLASSES);
    }
  }

  @Test
  void purePackagesTouchNoNetworkNoDiskAndNoThread() {
    noClasses()
        .that()
        .resideInAnyPackage(Stream.of(PURE).map(p -> BASE + p + "..").toArray(String[]::new))
        .and()
        .doNotHaveFullyQualifiedName(BASE + "config.read.FileBytes")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Files.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "java.sql..", "java.nio.channels..")
        .because("only the configuration file is read")
        .check(CLASSES);
  }

  @Test
  void roomsAreSeenFromTheirOwnPackageAlone() {
    for (Room room :
        List.of(
            new Room("salesforce.wire", "salesforce", "Upload", "RequestBudget"),
            new Room("ledger.database", "ledger"))) {
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + room.owner + "..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage(BASE + room.name + "..")
                  .and(DescribedPredicate.not(room.handedOut())))
          .because(room.name + " hands out nothing else")
          .check(CLASSES);
    }
  }

  @Test
  void nothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal()
        .because("two migrations in one JVM must not meet")
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIs() {
    List<String> forbidden = List.of("util", "helper", "manager", "common");
    assertThat(CLASSES.stream().map(c -> c.getFullName().toLowerCase(Locale.ROOT)))
        .as("a name that forbids nothing attracts everything")
        .noneMatch(name -> forbidden.stream().anyMatch(name::contains));
  }

  @Test
  void everyPackageStatesItsPurposeAndAllowsNoNulls() throws IOException {
    for (String name :
        CLASSES.stream().map(JavaClass::getPackageName).distinct().sorted().toList()) {
      assertThat(CLASSES.get(name + ".package-info").isAnnotatedWith(NullMarked.class))
          .as(name + " is @NullMarked")
          .isTrue();
      Path source = Path.of("src/main/java", name.replace('.', '/'), "package-info.java");
      assertThat(Files.readString(source)).as(source.toString()).startsWith("/**");
    }
  }

  private static final class Edge {
    private final String library;
    private final String[] homes;

    Edge(String library, String... homes) {
      this.library = library;
      this.homes = homes;
    }
  }

  /** Classes that only their owner sees, and the few of them that others hold in hand. */
  private static final class Room {
    private final String name;
    private final String owner;
    private final List<String> handedOut;

    Room(String name, String owner, String... handedOut) {
      this.name = name;
      this.owner = owner;
      this.handedOut = List.of(handedOut);
    }

    DescribedPredicate<JavaClass> handedOut() {
      return DescribedPredicate.describe(
          String.join(" and ", handedOut),
          one ->
              handedOut.stream()
                  .map(simple -> BASE + name + "." + simple)
                  .anyMatch(
                      full -> one.getName().equals(full) || one.getName().startsWith(full + "$")));
    }
  }
}
