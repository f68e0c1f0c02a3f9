package io.initload.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.initload.Failure;
import io.initload.plan.TableLinks.Lookup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadOrderTest {
  @Test
  void parentsComeFirstAndPhasesCount() {
    LoadOrder order =
        LoadOrder.of(
            List.of(
                table("ORDERS", 1, "CUSTOMERS"),
                table("CUSTOMERS", 0, "COUNTRIES"),
                table("COUNTRIES", 0),
                table("CHANNELS", 0)));
    assertThat(order.tables()).containsExactly("COUNTRIES", "CUSTOMERS", "CHANNELS", "ORDERS");
    assertThat(order.deferred()).isEmpty();
  }

  @Test
  void selfReferencesAndCyclesTakeASecondPass() {
    LoadOrder order =
        LoadOrder.of(
            List.of(
                table("EMPLOYEES", 0, "EMPLOYEES", "DEPARTMENTS"),
                table("DEPARTMENTS", 0, "EMPLOYEES", "LOCATIONS"),
                table("LOCATIONS", 0)));
    assertThat(order.tables()).containsExactly("LOCATIONS", "EMPLOYEES", "DEPARTMENTS");
    assertThat(order.deferred())
        .extracting(l -> l.table() + "->" + l.parent())
        .containsExactly("EMPLOYEES->EMPLOYEES", "EMPLOYEES->DEPARTMENTS");
  }

  @Test
  void aRequiredLookupIsNeverLeftEmpty() {
    LoadOrder order =
        LoadOrder.of(
            List.of(
                new TableLinks("A", 0, List.of(new Lookup("A", "B__c", "B", true))),
                table("B", 0, "A")));
    assertThat(order.tables()).containsExactly("B", "A");
    assertThat(order.deferred()).extracting(Lookup::table).containsExactly("B");

    assertThatThrownBy(
            () ->
                LoadOrder.of(
                    List.of(
                        new TableLinks("A", 0, List.of(new Lookup("A", "B__c", "B", true))),
                        new TableLinks("B", 0, List.of(new Lookup("B", "A__c", "A", true))))))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo("PLAN_CYCLE"))
        .hasMessageContaining("A.B__c -> B, B.A__c -> A");
  }

  @Test
  void whatIsSaidOfALookupThatCannotWaitFitsItsCase() {
    Failure later = refused(required("A", 0, "B"), table("B", 1));
    assertThat(later).hasMessageContaining("later phase");
    assertThat(later.remedy()).isEqualTo("Put B into the phase of A or an earlier one.");

    Failure overPhases = refused(required("A", 0, "B"), required("B", 1, "A"));
    assertThat(overPhases).hasMessageContaining("A.B__c -> B, B.A__c -> A");
    assertThat(overPhases.remedy()).contains("No order of phases helps");
  }

  /** Whoever makes one of the lookups optional that are named gets further. */
  @Test
  void onlyLookupsOfTheCircleAreNamed() {
    assertThat(
            refused(
                required("BESIDE", 0, "A", "C"),
                required("A", 0, "B", "LEAF"),
                required("B", 0, "C"),
                required("C", 0, "A"),
                table("LEAF", 0)))
        .hasMessageContaining("first: A.B__c -> B, B.C__c -> C, C.A__c -> A.");
  }

  @Test
  void rowsThatMustNameTheirOwnTableAreLoadedByLevels() {
    Lookup boss = new Lookup("A", "Boss__c", "A", true);
    LoadOrder order =
        LoadOrder.of(List.of(new TableLinks("A", 0, List.of(boss)), table("B", 0, "A")));
    assertThat(order.tables()).containsExactly("A", "B");
    assertThat(order.levelled()).containsExactly(boss);
    assertThat(order.deferred()).isEmpty();
  }

  @Test
  void aLookupIntoALaterPhaseIsDeferred() {
    assertThat(LoadOrder.of(List.of(table("A", 0, "B"), table("B", 1))).deferred())
        .extracting(Lookup::table)
        .containsExactly("A");
  }

  @Test
  void anyGraphIsOrderedAndOnlyCyclesAreDeferred() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      int n = random.nextInt(1, 9);
      boolean acyclic = random.nextBoolean();
      List<TableLinks> tables = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        List<String> parents = new ArrayList<>();
        for (int j = 0; j < n; j++) {
          if ((!acyclic || j < i) && random.nextInt(3) == 0) {
            parents.add("T" + j);
          }
        }
        tables.add(table("T" + i, 0, parents.toArray(String[]::new)));
      }
      LoadOrder order = LoadOrder.of(tables);
      String as = "seed %d: %s".formatted(seed, tables);
      assertThat(order.tables())
          .as(as)
          .containsExactlyInAnyOrderElementsOf(tables.stream().map(TableLinks::name).toList());
      if (acyclic) {
        assertThat(order.deferred()).as(as).isEmpty();
      }
      Set<Lookup> deferred = new HashSet<>(order.deferred());
      for (TableLinks table : tables) {
        for (Lookup lookup : table.lookups()) {
          assertThat(
                  deferred.contains(lookup)
                      || order.tables().indexOf(lookup.parent())
                          < order.tables().indexOf(lookup.table()))
              .as(as)
              .isTrue();
        }
      }
    }
  }

  private static Failure refused(TableLinks... tables) {
    Failure failure = catchThrowableOfType(Failure.class, () -> LoadOrder.of(List.of(tables)));
    assertThat(failure.code()).isEqualTo("PLAN_CYCLE");
    return failure;
  }

  private static TableLinks table(String name, int phase, String... parents) {
    return table(name, phase, false, parents);
  }

  private static TableLinks required(String name, int phase, String... parents) {
    return table(name, phase, true, parents);
  }

  private static TableLinks table(String name, int phase, boolean required, String... parents) {
    return new TableLinks(
        name,
        phase,
        Stream.of(parents).map(p -> new Lookup(name, p + "__c", p, required)).toList());
  }
}
