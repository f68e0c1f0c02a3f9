package io.initload.pipeline.prove;

import io.initload.ledger.used.ConfigurationBook.Used;
import io.initload.ledger.used.SettingChanges;
import io.initload.pipeline.prove.Certificate.Configuration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What changed from one configuration of a migration to the next one of the same wave. */
final class Configurations {
  /** Changes of one that are listed. */
  private static final int SHOWN = 100;

  private Configurations() {}

  static List<Configuration> of(List<Used> used) {
    List<Configuration> all = new ArrayList<>();
    Map<String, Used> before = new HashMap<>();
    for (Used one : used) {
      Optional<Used> same = Optional.ofNullable(before.put(wave(one), one));
      List<String> changed = same.map(b -> changed(b.settings(), one.settings())).orElse(List.of());
      all.add(new Configuration(one.digest(), one.since(), one.host(), changed));
    }
    return all;
  }

  private static String wave(Used used) {
    return used.settings().getOrDefault("wave", "1");
  }

  private static List<String> changed(Map<String, String> before, Map<String, String> after) {
    List<String> changes = SettingChanges.between(before, after);
    if (changes.isEmpty()) {
      return List.of("no setting but secrets, comments or the layout of the file");
    }
    List<String> shown = new ArrayList<>(changes.subList(0, Math.min(SHOWN, changes.size())));
    if (changes.size() > SHOWN) {
      shown.add("and %,d settings more".formatted(changes.size() - SHOWN));
    }
    return shown;
  }
}
