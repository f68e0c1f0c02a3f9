package io.initload.simulator.setup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue, which may own records of some objects.
 *
 * @param developerName API name
 * @param label the developer name where none is given
 * @param objects objects it may own records of
 */
public record QueueSetup(String developerName, String label, List<String> objects) {
  public QueueSetup(
      @Nullable String developerName, @Nullable String label, @Nullable List<String> objects) {
    if (developerName == null || objects == null || objects.isEmpty()) {
      throw new IllegalArgumentException("a queue needs a developerName and objects");
    }
    this.developerName = developerName;
    this.label = label == null ? developerName : label;
    this.objects = List.copyOf(objects);
  }
}
