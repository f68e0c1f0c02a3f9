package io.initload.simulator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The simulator's arrows: state below, wire above, nothing of ours besides. */
class ArchitectureTest {
  private static final String BASE = "io.initload.simulator";
  private static final Path MAIN = Path.of("src/main/java");
  private static final Path TESTS = Path.of("src/test/java");
  private static final int FILES_MAX = 25;
  private static final int LINES_MAX = 400;
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("root")
        .definedBy(BASE)
        .layer("http")
        .definedBy(BASE + ".http..")
        .layer("bulk")
        .definedBy(BASE + ".bulk..")
        .layer("query")
        .definedBy(BASE + ".query")
        .layer("fault")
        .definedBy(BASE + ".fault")
        .layer("dml")
        .definedBy(BASE + ".dml")
        .layer("auth")
        .definedBy(BASE + ".auth")
        .layer("limits")
        .definedBy(BASE + ".limits")
        .layer("store")
        .definedBy(BASE + ".store")
        .layer("soql")
        .definedBy(BASE + ".soql..")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("bulk")
        .mayOnlyBeAccessedByLayers("root", "http")
        .whereLayer("query")
        .mayOnlyBeAccessedByLayers("root", "http", "bulk")
        .whereLayer("fault")
        .mayOnlyBeAccessedByLayers("root", "http")
        .whereLayer("dml")
        .mayOnlyBeAccessedByLayers("root", "http", "bulk")
        .whereLayer("auth")
        .mayOnlyBeAccessedByLayers("root", "http", "fault")
        .whereLayer("soql")
        .mayOnlyBeAccessedByLayers("root", "http", "bulk", "query")
        .because("each package may only know what lies below it")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void classesHaveNoCycles() {
    slices()
        .assignedFrom(new ByTopLevelClass())
        .should()
        .beFreeOfCycles()
        .because("nested classes belong to the class around them, and no two files need each other")
        .check(CLASSES);
  }

  /** One slice for each file; generated ones are left out. */
  private static final class ByTopLevelClass implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      String name = javaClass.getName().replaceFirst("\\$.*", "");
      return name.startsWith(BASE + ".") && !name.startsWith(room("soql", "parse.grammar"))
          ? SliceIdentifier.of(name)
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "each file";
    }
  }

  @Test
  void foldersAndFilesStaySmall() throws IOException {
    for (Path folder : folders(MAIN)) {
      assertThat(files(folder)).as("files in %s", folder).hasSizeLessThanOrEqualTo(FILES_MAX);
    }
    for (Path root : List.of(MAIN, TESTS)) {
      for (Path folder : folders(root)) {
        for (Path file : files(folder)) {
          assertThat(Files.readAllLines(file))
              .as("lines of %s", file)
              .hasSizeLessThanOrEqualTo(LINES_MAX);
        }
      }
    }
  }

  private static List<Path> folders(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isDirectory).toList();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aQueryGoesFromTextToAnswer() {
    rooms("soql", "", "parse", "bind", "run")
        .whereLayer("run")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("bind")
        .mayOnlyBeAccessedByLayers("run")
        .whereLayer("parse")
        .mayOnlyBeAccessedByLayers("bind", "run")
        .because("a query is read, then bound, then run")
        .check(CLASSES);
    onlyWithin("soql", "parse", "bind");
    noClasses()
        .that()
        .resideOutsideOfPackage(room("soql", "parse") + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.antlr..")
        .because("only what reads text knows the grammar")
        .check(CLASSES);
  }

  @Test
  void jobsOfBothKindsLieApart() {
    rooms("bulk", "", "csv", "results", "ingest", "query")
        .whereLayer("ingest")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("query")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("results")
        .mayOnlyBeAccessedByLayers("ingest")
        .whereLayer("csv")
        .mayOnlyBeAccessedByLayers("results", "ingest", "query")
        .because("what both kinds of job need is bulk or csv")
        .check(CLASSES);
  }

  @Test
  void routesOfAnApiKnowNoOtherApi() {
    rooms("http", "", "rest", "bulk", "login", "admin", "server")
        .whereLayer("server")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("rest")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("bulk")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("login")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("admin")
        .mayOnlyBeAccessedByLayers("server")
        .because("what several of them need is http itself")
        .check(CLASSES);
    onlyWithin("http", "rest", "bulk", "login", "admin");
  }

  private static LayeredArchitecture rooms(String of, String... names) {
    LayeredArchitecture rooms = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : names) {
      rooms = rooms.layer(name.isEmpty() ? "base" : name).definedBy(room(of, name));
    }
    return rooms;
  }

  /** Nobody outside sees these rooms of a package. */
  private static void onlyWithin(String of, String... inner) {
    for (String name : inner) {
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + "." + of + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(room(of, name) + "..")
          .because(name + " is how " + of + " works inside")
          .check(CLASSES);
    }
  }

  private static String room(String of, String name) {
    return BASE + "." + of + (name.isEmpty() ? "" : "." + name);
  }

  @Test
  void theBottomKnowsNothingElse() {
    for (String bottom : new String[] {"clock", "model", "hook", "journal"}) {
      noClasses()
          .that()
          .resideInAPackage(BASE + "." + bottom)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              BASE,
              BASE + ".http..",
              BASE + ".bulk..",
              BASE + ".store..",
              BASE + ".dml..",
              BASE + ".auth..",
              BASE + ".limits..",
              BASE + ".query..",
              BASE + ".soql..",
              BASE + ".fault..")
          .because(bottom + " is what the others stand on")
          .check(CLASSES);
    }
  }

  @Test
  void onlyTheWireSpeaksHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + ".http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jetty..", "java.net.http..")
        .because("state lies apart from the wire")
        .check(CLASSES);
  }

  @Test
  void onlyTheStoreKnowsItsDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rocksdb..")
        .check(CLASSES);
  }

  @Test
  void onlyTheClockWaits() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".clock..")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(TimeUnit.class, "sleep", long.class)
        .because("tests own time")
        .check(CLASSES);
  }

  @Test
  void nothingOfOursButItself() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.initload..").and(resideOutsideOfPackage(BASE + "..")))
        .because("client and fake must not be wrong together")
        .check(CLASSES);
  }
}
