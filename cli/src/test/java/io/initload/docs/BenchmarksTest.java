package io.initload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks are compiled when they are run: here too, so that they can be. */
class BenchmarksTest {
  private static final Path BENCHMARKS = Path.of("../benchmarks");

  @Test
  void everyBenchmarkFitsTheProductOfToday(@TempDir Path classes) throws Exception {
    List<Path> sources;
    try (Stream<Path> all = Files.walk(BENCHMARKS)) {
      sources = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(sources).isNotEmpty();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(said, null, null)) {
      List<String> options = List.of("-nowarn", "-proc:none", "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(null, files, said, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as("%s", said.getDiagnostics()).isTrue();
    }
  }
}
