package io.initload.salesforce.records;

import io.initload.Failure;
import io.initload.salesforce.Org;
import io.initload.salesforce.RowRoom;
import io.initload.salesforce.errors.OrgException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records of an object by the values of one field. A query travels in the address of its request,
 * which has a limit (docs/reference/salesforce.md, "REST query and counts"): keys and fields are
 * split over as many queries as it takes. For one thread.
 */
public final class RecordQuery {
  private static final String ID = "Id";

  /** Keys of one query; keeps an answer to one page. */
  private static final int KEYS_MAX = 200;

  /**
   * Values of which each alone took the org too long, which is two minutes; then it is not asked
   * for more.
   */
  private static final int TIMEOUTS_MAX = 3;

  /** What the names of fields may take of an address; the rest is for keys. */
  private static final int FIELDS_BYTES_MAX = Org.QUERY_BYTES_MAX / 2;

  private final Org org;
  private final String key;
  private final String object;
  private final List<String> heads = new ArrayList<>();
  private int timeouts;

  /**
   * What the org answered.
   *
   * @param records with the chosen fields, {@code Id} and the field they were asked for by
   * @param unanswered values that it took too long to find records of, as SOQL writes them
   */
  public record Answer(List<Map<String, String>> records, Set<String> unanswered) {
    public Answer {
      records = List.copyOf(records);
      unanswered = Set.copyOf(unanswered);
    }
  }

  /**
   * @param key the field that records are asked for by
   * @param fields others that are wanted of them
   */
  public RecordQuery(Org org, String object, String key, Collection<String> fields) {
    this.org = org;
    this.object = object;
    this.key = key;
    Set<String> left = new LinkedHashSet<>(fields);
    left.removeAll(List.of(ID, key));
    Set<String> group = first();
    for (String field : left) {
      if (Org.encoded(head(group) + ", " + field).length() > FIELDS_BYTES_MAX) {
        heads.add(head(group));
        group = first();
      }
      group.add(field);
    }
    heads.add(head(group));
  }

  private Set<String> first() {
    Set<String> group = new LinkedHashSet<>();
    group.add(ID);
    group.add(key);
    return group;
  }

  private String head(Set<String> fields) {
    return "SELECT %s FROM %s WHERE %s IN (".formatted(String.join(", ", fields), object, key);
  }

  /**
   * The records whose field has one of some values.
   *
   * @param literals values as SOQL writes them
   * @throws Failure {@code ORG_ANSWER} when the org gives more than memory may hold
   */
  public Answer of(List<String> literals) throws InterruptedException {
    Map<String, Map<String, String>> records = new LinkedHashMap<>();
    Set<String> unanswered = new LinkedHashSet<>();
    RowRoom room = new RowRoom();
    for (String head : heads) {
      boolean first = head.equals(heads.get(0));
      Set<String> found = new HashSet<>();
      for (List<String> keys :
          fitting(literals, Org.QUERY_BYTES_MAX - Org.encoded(head).length())) {
        for (Map<String, String> row : ask(head, keys, room, unanswered)) {
          String id = row.getOrDefault(ID, "");
          found.add(id);
          if (first) {
            records.put(id, new LinkedHashMap<>());
          }
          Optional.ofNullable(records.get(id)).ifPresent(record -> record.putAll(row));
        }
      }
      // A part of the fields is no record.
      records.keySet().retainAll(found);
    }
    return new Answer(List.copyOf(records.values()), unanswered);
  }

  /** In halves where all together take the org too long. */
  private List<Map<String, String>> ask(
      String head, List<String> keys, RowRoom room, Set<String> unanswered)
      throws InterruptedException {
    if (timeouts < TIMEOUTS_MAX) {
      try {
        return org.query(head + String.join(",", keys) + ")").rest(room);
      } catch (OrgException.Refused e) {
        if (!e.isTimeout()) {
          throw e;
        }
      }
    }
    if (keys.size() == 1 || timeouts >= TIMEOUTS_MAX) {
      timeouts++;
      unanswered.addAll(keys);
      return List.of();
    }
    int half = keys.size() / 2;
    List<Map<String, String>> rows =
        new ArrayList<>(ask(head, keys.subList(0, half), room, unanswered));
    rows.addAll(ask(head, keys.subList(half, keys.size()), room, unanswered));
    return rows;
  }

  private static List<List<String>> fitting(List<String> literals, int bytes) {
    List<List<String>> groups = new ArrayList<>();
    int left = 0;
    for (String literal : literals) {
      int takes = Org.encoded(literal + ",").length();
      if (groups.isEmpty() || takes > left || groups.get(groups.size() - 1).size() == KEYS_MAX) {
        groups.add(new ArrayList<>());
        left = bytes - Org.encoded(")").length();
      }
      groups.get(groups.size() - 1).add(literal);
      left -= takes;
    }
    return groups;
  }
}
