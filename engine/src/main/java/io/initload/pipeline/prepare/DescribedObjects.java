package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.mapping.org.TargetObject;
import io.initload.pipeline.work.Stop;
import io.initload.salesforce.Org;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The org's objects as the loading user sees them; each is asked for once. */
public final class DescribedObjects {
  private final Org org;
  private final Map<String, Optional<TargetObject>> known =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  public DescribedObjects(Org org) {
    this.org = org;
  }

  /**
   * The object of that name.
   *
   * @throws Failure {@code ORG_OBJECT} when the user cannot see it
   */
  public TargetObject require(String name) throws InterruptedException {
    Optional<TargetObject> object = known.get(name);
    if (object == null || object.isEmpty()) {
      object = Optional.of(org.describe(name));
      known.put(name, object);
    }
    return object.get();
  }

  /** Empty when the user cannot see it. */
  public Optional<TargetObject> find(String name) {
    Optional<TargetObject> object = known.get(name);
    if (object == null) {
      object = ask(name);
      known.put(name, object);
    }
    return object;
  }

  private Optional<TargetObject> ask(String name) {
    try {
      return Optional.of(org.describe(name));
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.CONFIGURATION) {
        throw e;
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stop.Stopped();
    }
  }
}
