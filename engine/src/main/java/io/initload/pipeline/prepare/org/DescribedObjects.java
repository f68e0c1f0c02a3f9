package io.initload.pipeline.prepare.org;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.mapping.org.RecordTypeInfo;
import io.initload.mapping.org.RecordTypes;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.pipeline.work.Stop;
import io.initload.salesforce.Org;
import io.initload.salesforce.Soql;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
      object = Optional.of(described(name));
      known.put(name, object);
    }
    return object.get();
  }

  /** An object as records of a table's record type have it, where all of them have one. */
  public TargetObject of(TableConfig table, TargetObject object) throws InterruptedException {
    Optional<RecordTypeInfo> type = RecordTypes.of(table, object).one();
    boolean restricted = object.fields().stream().anyMatch(TargetField::restrictedPicklist);
    return type.isEmpty() || type.get().master() || !restricted
        ? object
        : object.restrictedTo(org.picklists(object.name(), type.get().id()));
  }

  /** A describe does not tell which record types are those of persons. */
  private TargetObject described(String name) throws InterruptedException {
    TargetObject object = org.describe(name);
    if (!object.hasPersons()) {
      return object;
    }
    Set<String> persons =
        org
            .query(
                "SELECT Id FROM RecordType WHERE IsPersonType = true AND SobjectType = "
                    + Soql.quote(object.name()))
            .rest()
            .stream()
            .map(row -> row.getOrDefault("Id", ""))
            .collect(Collectors.toSet());
    return object.with(
        object.recordTypes().stream()
            .map(type -> type.persons(persons.contains(type.id())))
            .toList());
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
      return Optional.of(described(name));
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
