package io.initload.simulator.dml.removal;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.model.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which records go with others: the details of their masters. Immutable. */
final class Details {
  private final Schema schema;

  Details(Schema schema) {
    this.schema = schema;
  }

  /** A lookup by which records of an object are details of another. */
  record Link(SObjectType type, Field field) {}

  /** The lookups by which records go with those of an object. */
  List<Link> of(SObjectType master) {
    List<Link> links = new ArrayList<>();
    for (SObjectType type : schema.objects()) {
      for (Field field : type.fields()) {
        if (field.detail() && field.referenceTo().contains(master.name())) {
          links.add(new Link(type, field));
        }
      }
    }
    return links;
  }

  /** All objects that may lose records with those of an object, itself too, in order of name. */
  List<SObjectType> closure(SObjectType master) {
    Set<SObjectType> reached = new LinkedHashSet<>();
    collect(master, reached);
    return reached.stream().sorted(Comparator.comparing(SObjectType::name)).toList();
  }

  private void collect(SObjectType master, Set<SObjectType> reached) {
    if (reached.add(master)) {
      of(master).forEach(link -> collect(link.type(), reached));
    }
  }
}
