package io.initload.pipeline.prepare.org;

import io.initload.Failure;
import io.initload.mapping.KeyForm;
import io.initload.mapping.org.OrgNames;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.pipeline.work.Stop;
import io.initload.salesforce.Org;
import io.initload.salesforce.QueryRows;
import io.initload.salesforce.Soql;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The org's users and queues by their names; each kind of name is asked for once. */
public final class OrgDirectory implements OrgNames.Directory {
  /** Names that are held in memory. */
  private static final int MAX = 200_000;

  private static final String OWNER = "OwnerId";

  private final Org org;
  private final Map<String, OrgNames> known = new HashMap<>();

  public OrgDirectory(Org org) {
    this.org = org;
  }

  @Override
  public Optional<OrgNames> of(
      TargetObject object, TargetField lookup, String parent, TargetField key, boolean choosy) {
    boolean owner = lookup.name().equals(OWNER);
    return switch (parent) {
      case "User" -> Optional.of(users(key, owner && choosy));
      case "Group" -> owner ? Optional.of(queues(object.name(), key)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /**
   * Users by one of their fields.
   *
   * @param active whether those who are not count as not there: no record may be given to them,
   *     unless the user of the migration has a permission for it
   */
  private OrgNames users(TargetField key, boolean active) {
    return known.computeIfAbsent(
        "users " + active + " " + key.name(),
        name -> {
          Names names = new Names("user of the org by " + key.name(), key);
          each(
              "SELECT Id, %1$s, IsActive FROM User WHERE %1$s != null".formatted(key.name()),
              row ->
                  names.add(
                      row,
                      active && !value(row, "IsActive").equals("true") ? "who is not active" : ""));
          return names.all();
        });
  }

  /** Queues that records of an object can be given to. */
  private OrgNames queues(String object, TargetField key) {
    return known.computeIfAbsent(
        "queues " + object + " " + key.name(),
        name -> {
          Set<String> owning = new HashSet<>();
          each(
              "SELECT QueueId FROM QueueSobject WHERE SobjectType = " + Soql.quote(object),
              row -> owning.add(value(row, "QueueId")));
          Names names = new Names("queue of the org by " + key.name(), key);
          each(
              "SELECT Id, %1$s FROM Group WHERE Type = 'Queue' AND %1$s != null"
                  .formatted(key.name()),
              row ->
                  names.add(
                      row,
                      owning.contains(value(row, "Id")) ? "" : "which is not made for " + object));
          return names.all();
        });
  }

  private static String value(Map<String, String> row, String field) {
    return row.getOrDefault(field, "");
  }

  private void each(String soql, Consumer<Map<String, String>> to) {
    try {
      QueryRows rows = org.query(soql);
      for (Optional<Map<String, String>> row = rows.next(); row.isPresent(); row = rows.next()) {
        to.accept(row.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stop.Stopped();
    }
  }

  /** Names as they come; of two records that have one, neither can be meant. */
  private static final class Names {
    private final String what;
    private final TargetField key;
    private final OrgNames none;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> unusable = new HashMap<>();
    private final Map<String, String> idle = new HashMap<>();

    Names(String what, TargetField key) {
      this.what = what;
      this.key = key;
      boolean foldsCase = KeyForm.of(key) == KeyForm.IGNORE_CASE;
      this.none = new OrgNames(what, Map.of(), Map.of(), Map.of(), Optional.empty(), foldsCase);
    }

    /**
     * @param why it cannot be used; empty where it can
     */
    void add(Map<String, String> row, String why) {
      String name = none.canonical(value(row, key.name()));
      if (ids.containsKey(name) || unusable.containsKey(name)) {
        ids.remove(name);
        idle.remove(name);
        unusable.put(name, "whose name another one has too");
      } else if (why.isEmpty()) {
        ids.put(name, value(row, "Id"));
      } else {
        unusable.put(name, why);
        idle.put(name, value(row, "Id"));
      }
      if (ids.size() + unusable.size() > MAX) {
        throw new Failure(
            Failure.Kind.CONFIGURATION,
            "NAMES_TOO_MANY",
            "The org has more than %,d records that are a %s.".formatted(MAX, what),
            "Name them by an external id of theirs, without a fallback in tables[].fallbacks.");
      }
    }

    OrgNames all() {
      return new OrgNames(what, ids, unusable, idle, Optional.empty(), none.foldsCase());
    }
  }
}
