package io.initload.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code make check} is quick because it leaves out what is tagged {@code system}: every test that
 * starts a server, a process or a whole command, by itself or by what it is helped with.
 */
class SystemTagTest {
  private static final Set<String> STARTED =
      Set.of(
          "io.initload.simulator.SimulatedOrg",
          "io.initload.cli.Main",
          "java.net.ServerSocket",
          "com.sun.net.httpserver.HttpServer",
          "java.lang.ProcessBuilder");

  @Test
  void whatStartsAServerOrAProcessSaysSo() {
    JavaClasses tests =
        new ClassFileImporter()
            .importPaths(
                Stream.of("../simulator", "../engine", ".")
                    .map(module -> Path.of(module, "target", "test-classes"))
                    .toList());
    classes()
        .that()
        .haveSimpleNameEndingWith("Test")
        .and()
        .areNotAnnotatedWith(Tag.class)
        .should(startNothing())
        .check(tests);
  }

  private static ArchCondition<JavaClass> startNothing() {
    return new ArchCondition<>("start nothing, or be tagged \"system\"") {
      @Override
      public void check(JavaClass test, ConditionEvents events) {
        List<String> started = reached(test).stream().filter(STARTED::contains).toList();
        if (!started.isEmpty()) {
          String message = test.getName() + " reaches " + started + " and is not tagged \"system\"";
          events.add(SimpleConditionEvent.violated(test, message));
        }
      }
    };
  }

  /** The names of all classes that a test needs, by way of other classes of tests. */
  private static Set<String> reached(JavaClass test) {
    Set<String> reached = new HashSet<>();
    reach(test, reached);
    return reached;
  }

  private static void reach(JavaClass from, Set<String> reached) {
    if (reached.add(from.getName()) && ofTests(from)) {
      from.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .forEach(target -> reach(target, reached));
    }
  }

  private static boolean ofTests(JavaClass one) {
    return one.getSource().filter(s -> s.getUri().toString().contains("test-classes")).isPresent();
  }
}
