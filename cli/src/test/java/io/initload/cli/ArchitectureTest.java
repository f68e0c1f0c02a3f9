package io.initload.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The command's layout: who may use whom, and what it may see of the engine. */
class ArchitectureTest {
  private static final String BASE = "io.initload.cli";

  /** What the front doors of the engine take and give, which stands beside them. */
  private static final Set<String> VALUES =
      Stream.of(
              "pipeline.begin.Wait",
              "pipeline.drain.AbortRun",
              "pipeline.reset.LeavingOut",
              "pipeline.reset.ResetRun",
              "pipeline.prepare.MigrationPlan",
              "pipeline.prepare.Phases",
              "pipeline.prepare.Prepared",
              "pipeline.prove.Certificate",
              "pipeline.prove.undo.UndoCertificate",
              "pipeline.prove.RowTrace",
              "pipeline.view.LedgerView",
              "pipeline.work.Checkpoint",
              "pipeline.work.NotBegun",
              "pipeline.work.Processes",
              "pipeline.work.RunOptions",
              "pipeline.work.Stop",
              "pipeline.work.Workbench",
              "salesforce.errors.ErrorCode",
              "salesforce.errors.ErrorCodes",
              "salesforce.wire.HttpWire",
              "salesforce.wire.Upload",
              "salesforce.wire.Wire")
          .map(name -> "io.initload." + name)
          .collect(Collectors.toSet());

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
        .layer("bundle")
        .definedBy(BASE + ".bundle")
        .layer("demo")
        .definedBy(BASE + ".demo")
        .layer("init")
        .definedBy(BASE + ".init")
        .layer("console")
        .definedBy(BASE + ".console")
        .layer("wish")
        .definedBy(BASE + ".wish")
        .layer("deadletters")
        .definedBy(BASE + ".deadletters")
        .layer("task")
        .definedBy(BASE + ".task")
        .layer("command")
        .definedBy(BASE + ".command")
        .layer("notify")
        .definedBy(BASE + ".notify")
        .layer("metrics")
        .definedBy(BASE + ".metrics")
        .layer("shell")
        .definedBy(BASE + ".shell")
        .layer("text")
        .definedBy(BASE + ".text")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("bundle")
        .mayOnlyAccessLayers("command", "shell", "text")
        .whereLayer("demo")
        .mayOnlyAccessLayers("command", "shell", "text")
        .whereLayer("init")
        .mayOnlyAccessLayers("command", "shell", "text")
        .whereLayer("console")
        .mayOnlyAccessLayers("command", "metrics", "shell", "text")
        .whereLayer("wish")
        .mayOnlyAccessLayers("command", "shell", "text")
        .whereLayer("deadletters")
        .mayOnlyAccessLayers("command", "shell", "text")
        .whereLayer("task")
        .mayOnlyAccessLayers("notify", "shell", "text")
        .whereLayer("command")
        .mayOnlyAccessLayers("metrics", "notify", "shell", "text")
        .whereLayer("notify")
        .mayOnlyAccessLayers("text")
        .whereLayer("metrics")
        .mayNotAccessAnyLayer()
        .whereLayer("shell")
        .mayOnlyAccessLayers("text")
        .whereLayer("text")
        .mayNotAccessAnyLayer()
        .because("a command stands on the shell and speaks through views")
        .check(CLASSES);
  }

  @Test
  void noFilesGoRoundInACircle() {
    slices()
        .assignedFrom(new ByFile())
        .should()
        .beFreeOfCycles()
        .because("what goes round in a circle cannot be read from one end")
        .check(CLASSES);
  }

  @Test
  void ofTheEngineOnlyItsFrontDoorsAreSeen() {
    noClasses()
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "io.initload.pipeline.*..",
                    "io.initload.source.*..",
                    "io.initload.salesforce.*..")
                .and(not(valueOfAFrontDoor())))
        .because("the rooms behind the front doors are the engine's own affair")
        .check(CLASSES);
  }

  @Test
  void everyPackageStatesItsPurposeAndAllowsNoNulls() throws IOException {
    List<String> packages =
        CLASSES.stream().map(JavaClass::getPackageName).distinct().sorted().toList();
    assertThat(packages).contains(BASE, BASE + ".command");
    for (String name : packages) {
      assertThat(CLASSES.get(name + ".package-info").isAnnotatedWith(NullMarked.class))
          .as(name + " is @NullMarked")
          .isTrue();
      Path source = Path.of("src/main/java", name.replace('.', '/'), "package-info.java");
      assertThat(Files.readString(source)).as(source.toString()).startsWith("/**");
    }
  }

  private static DescribedPredicate<JavaClass> valueOfAFrontDoor() {
    return DescribedPredicate.describe(
        "a value of a front door",
        type -> VALUES.contains(type.getFullName().replaceFirst("\\$.*", "")));
  }

  /** A file is a class with all that is nested in it. */
  private static final class ByFile implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      JavaClass outermost = type;
      while (outermost.getEnclosingClass().isPresent()) {
        outermost = outermost.getEnclosingClass().get();
      }
      return SliceIdentifier.of(outermost.getFullName());
    }

    @Override
    public String getDescription() {
      return "files";
    }
  }
}
