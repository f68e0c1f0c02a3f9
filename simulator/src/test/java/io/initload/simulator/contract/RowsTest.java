package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class RowsTest {
  private static final List<Class<?>> SUITE =
      List.of(
          LoginContractTest.class,
          JobContractTest.class,
          UploadContractTest.class,
          RecordContractTest.class,
          ProcessingContractTest.class,
          LimitsContractTest.class,
          FaultContractTest.class,
          QueryContractTest.class,
          WireContractTest.class);

  @Test
  void everyRowOfTheTableHasATestAndAnEntry() {
    TreeSet<Integer> tested = new TreeSet<>();
    for (Class<?> tests : SUITE) {
      for (Method method : tests.getDeclaredMethods()) {
        Rows.of(method.getName()).ifPresent(tested::add);
      }
    }
    List<Integer> all = IntStream.rangeClosed(1, 35).boxed().toList();
    assertThat(tested).containsExactlyElementsOf(all);
    assertThat(Rows.table().keySet()).containsExactlyElementsOf(all);
    assertThat(Rows.table().values())
        .allSatisfy(row -> assertThat(row.world()).isIn("both", "simulator"));
  }
}
