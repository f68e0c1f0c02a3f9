package io.initload.salesforce;

import io.initload.Failure;
import io.initload.salesforce.errors.OrgException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /** What the names of fields may take of an address; the rest is for keys. */
  private static final int FIELDS_BYTES_MAX = Org.QUERY_BYTES_MAX / 2;

  private final Org org;
  private final String key;
  private final String object;
  private final List<String> heads = new ArrayList<>();

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
   * The records whose field has one of some values, with the chosen fields, {@code Id} and the
   * field itself.
   *
   * @param literals values as SOQL writes them
   * @throws Failure {@code ORG_ANSWER} when the org gives more than memory may hold
   */
  public List<Map<String, String>> of(List<String> literals) throws InterruptedException {
    Map<String, Map<String, String>> records = new LinkedHashMap<>();
    RowRoom room = new RowRoom();
    for (String head : heads) {
      for (List<String> keys :
          fitting(literals, Org.QUERY_BYTES_MAX - Org.encoded(head).length())) {
        for (Map<String, String> row : ask(head, keys, room)) {
          records
              .computeIfAbsent(row.getOrDefault(ID, ""), id -> new LinkedHashMap<>())
              .putAll(row);
        }
      }
    }
    return List.copyOf(records.values());
  }

  /** In halves where all together take the org too long. */
  private List<Map<String, String>> ask(String head, List<String> keys, RowRoom room)
      throws InterruptedException {
    try {
      return org.query(head + String.join(",", keys) + ")").rest(room);
    } catch (OrgException.Refused e) {
      if (!e.isTimeout() || keys.size() == 1) {
        throw e;
      }
    }
    int half = keys.size() / 2;
    List<Map<String, String>> rows = new ArrayList<>(ask(head, keys.subList(0, half), room));
    rows.addAll(ask(head, keys.subList(half, keys.size()), room));
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
