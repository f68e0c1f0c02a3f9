package io.initload.cli.init;

import io.initload.config.SourceName;
import io.initload.draft.Drafting;
import io.initload.mapping.org.TargetObject;
import io.initload.salesforce.Org;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The objects of the org, each described when it is first asked for. */
final class OrgSide {
  private final Org org;
  private final List<String> loadable;
  private final Map<String, TargetObject> described = new TreeMap<>();

  OrgSide(Org org) throws InterruptedException {
    this.org = org;
    this.loadable = org.loadableObjects();
  }

  /** Those that tables of these names may be meant for, with those described before. */
  List<TargetObject> candidates(List<SourceName> tables) throws InterruptedException {
    for (String object : Drafting.candidates(tables, loadable)) {
      describe(object);
    }
    return List.copyOf(described.values());
  }

  /** Those that were described. */
  List<TargetObject> known() {
    return List.copyOf(described.values());
  }

  /**
   * One by its name.
   *
   * @throws io.initload.Failure {@code ORG_OBJECT} when there is none
   */
  TargetObject describe(String object) throws InterruptedException {
    String key = object.toLowerCase(Locale.ROOT);
    TargetObject known = described.get(key);
    if (known == null) {
      known = org.describe(object);
      described.put(key, known);
    }
    return known;
  }
}
