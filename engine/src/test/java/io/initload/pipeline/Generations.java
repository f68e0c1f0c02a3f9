package io.initload.pipeline;

import io.initload.pipeline.LedgerTables.Held;
import io.initload.pipeline.SimulatedSource.Customer;
import io.initload.simulator.OrgRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which pass loads which customers, told by the source alone. */
final class Generations {
  private static final String TABLE = "CUSTOMERS";

  private final Scenario scenario;
  private final SimulatedSource source;
  private final ExpectedOrphans orphans;
  private final Map<String, Customer> byCode = new HashMap<>();

  Generations(Scenario scenario, SimulatedSource source, ExpectedOrphans orphans) {
    this.scenario = scenario;
    this.source = source;
    this.orphans = orphans;
    source.customers.stream().filter(c -> c.code() != null).forEach(c -> byCode.put(c.code(), c));
  }

  /** Whether customers name a head that must be there before them. */
  boolean several() {
    return scenario.linked() && scenario.writtenOnce();
  }

  /** A pass over customers: how many it reads, and of how many a record is there. */
  record Pass(String name, long rows, long records) {}

  /**
   * The passes over their rows.
   *
   * @param there the codes of the records
   */
  List<Pass> passes(Set<String> there) {
    return customers().entrySet().stream()
        .map(e -> new Pass(e.getKey(), e.getValue().size(), count(e.getValue(), there)))
        .toList();
  }

  private static long count(List<Customer> customers, Set<String> there) {
    return customers.stream().filter(c -> there.contains(c.code())).count();
  }

  /** What the ledger holds of them, whatever pass met it. */
  List<Held> held(Map<String, List<Held>> byPass) {
    return customers().keySet().stream()
        .flatMap(pass -> byPass.getOrDefault(pass, List.of()).stream())
        .toList();
  }

  private Map<String, List<Customer>> customers() {
    Map<String, List<Customer>> passes =
        source.customers.stream()
            .collect(Collectors.groupingBy(this::pass, TreeMap::new, Collectors.toList()));
    for (int i = 0; several() && i < SimulatedWorld.LEVELS; i++) {
      passes.putIfAbsent(name(i), List.of());
    }
    return passes;
  }

  /**
   * Why the org must refuse a customer; empty when it must not.
   *
   * @param there the codes that it has
   * @param row what the ledger holds of it
   */
  String refusal(Customer customer, Set<String> there, @Nullable Held row) {
    String head = orphans.head(customer);
    boolean headless = several() && head != null && !there.contains(head);
    boolean bad = "no mail".equals(customer.email());
    boolean told = row != null && row.code().equals("INVALID_FIELD");
    return headless && (!bad || told) ? "INVALID_FIELD" : bad ? "INVALID_EMAIL_ADDRESS" : "";
  }

  /** Whether a record that is written once has its head; of others nothing is asked. */
  boolean headed(Customer customer, OrgRecord record, Map<String, OrgRecord> found) {
    OrgRecord head = found.get(customer.head());
    return !several() || record.value("ParentId").orElse("").equals(head == null ? "" : head.id());
  }

  private String pass(Customer customer) {
    return name(several() ? depth(customer) : 0);
  }

  private int depth(Customer customer) {
    Customer head = byCode.get(customer.head());
    return head == null ? 0 : 1 + depth(head);
  }

  private static String name(int depth) {
    return depth == 0 ? TABLE : TABLE + ":level" + depth;
  }
}
