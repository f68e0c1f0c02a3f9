package io.initload.simulator.soql.run;

import io.initload.simulator.soql.bind.Order;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders rows by their first places, one per entry of ORDER BY. */
final class RowOrder {
  private RowOrder() {}

  static Comparator<@Nullable Object[]> of(List<Order> orders) {
    Order[] every = orders.toArray(new Order[0]);
    return (a, b) -> {
      for (int i = 0; i < every.length; i++) {
        int compared = every[i].compare(a[i], b[i]);
        if (compared != 0) {
          return compared;
        }
      }
      return 0;
    };
  }
}
