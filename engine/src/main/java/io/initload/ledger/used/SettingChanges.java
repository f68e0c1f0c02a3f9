package io.initload.ledger.used;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one file of a migration says otherwise than another one. */
public final class SettingChanges {
  private static final Pattern OF_TABLE = Pattern.compile("tables\\[([0-9]+)]");

  private SettingChanges() {}

  /**
   * Each setting that they do not have alike, in words. A table's settings go by its name: its
   * place among others says nothing.
   *
   * @param before what a file says, by the path of the setting
   */
  public static List<String> between(Map<String, String> before, Map<String, String> after) {
    return between("", before, after);
  }

  /** As {@link #between(Map, Map)}, of one table's settings. */
  public static List<String> ofTable(
      String table, Map<String, String> before, Map<String, String> after) {
    return between("tables[" + table + "]", before, after);
  }

  private static List<String> between(
      String beginning, Map<String, String> before, Map<String, String> after) {
    Map<String, String> old = named(before);
    Map<String, String> now = named(after);
    Set<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(now.keySet());
    return paths.stream()
        .filter(path -> path.startsWith(beginning))
        .filter(path -> !said(old, path).equals(said(now, path)))
        .map(path -> "%s: %s -> %s".formatted(path, said(old, path), said(now, path)))
        .toList();
  }

  private static Map<String, String> named(Map<String, String> settings) {
    Map<String, String> named = new TreeMap<>();
    settings.forEach(
        (path, value) -> {
          Matcher table = OF_TABLE.matcher(path);
          named.put(
              table.lookingAt()
                  ? "tables[" + name(settings, table.group()) + "]" + path.substring(table.end())
                  : path,
              value);
        });
    return named;
  }

  private static String name(Map<String, String> settings, String entry) {
    return settings.getOrDefault(entry + ".name", settings.getOrDefault(entry + ".source", entry));
  }

  private static String said(Map<String, String> settings, String path) {
    return settings.getOrDefault(path, "(not set)");
  }
}
