package io.initload.pipeline;

import io.initload.pipeline.Scenario.Orphans;
import io.initload.pipeline.SimulatedSource.Customer;
import io.initload.pipeline.SimulatedSource.Sale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of rows that name customers who are no rows, told by the source alone. */
final class ExpectedOrphans {
  private final Scenario scenario;
  private final Set<String> codes;

  ExpectedOrphans(Scenario scenario, SimulatedSource source) {
    this.scenario = scenario;
    this.codes =
        source.customers.stream()
            .map(Customer::code)
            .filter(code -> code != null)
            .collect(Collectors.toSet());
  }

  private boolean isOrphan(@Nullable String named) {
    return named != null && !codes.contains(named);
  }

  /** Whether a customer is not sent since its head is nobody. */
  boolean heldBack(Customer customer) {
    return scenario.orphans() == Orphans.REJECTED && isOrphan(customer.head());
  }

  /** Whether a sale is not sent since its customer is nobody. */
  boolean heldBack(Sale sale) {
    return scenario.orphans() != Orphans.JUDGED && isOrphan(sale.customer());
  }

  /** The head that a customer is sent with. */
  @Nullable String head(Customer customer) {
    boolean emptied = scenario.orphans() == Orphans.EMPTIED && isOrphan(customer.head());
    return emptied ? null : customer.head();
  }
}
