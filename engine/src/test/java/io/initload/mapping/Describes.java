package io.initload.mapping;

import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import java.util.ArrayList;
import java.util.List;

/** Fields as an org describes them, nullable and writable unless told otherwise. */
public final class Describes {
  private Describes() {}

  public static Field field(String name, String type) {
    return new Field(name, type);
  }

  public static TargetObject object(String name, TargetField... fields) {
    return new TargetObject(name, true, true, List.of(fields));
  }

  /** Builds one field. */
  public static final class Field {
    private final String name;
    private final String type;
    private int length;
    private int precision;
    private int scale;
    private int digits;
    private boolean createable = true;
    private boolean updateable = true;
    private boolean nillable = true;
    private boolean defaulted;
    private boolean externalId;
    private boolean idLookup;
    private boolean unique;
    private boolean caseSensitive;
    private List<String> referenceTo = List.of();
    private String relationship = "";
    private boolean polymorphic;
    private List<String> picklist = new ArrayList<>();

    private Field(String name, String type) {
      this.name = name;
      this.type = type;
    }

    public Field length(int characters) {
      length = characters;
      return this;
    }

    public Field number(int digitsInAll, int digitsAfterPoint) {
      precision = digitsInAll;
      scale = digitsAfterPoint;
      return this;
    }

    public Field digits(int count) {
      digits = count;
      return this;
    }

    public Field writable(boolean create, boolean update) {
      createable = create;
      updateable = update;
      return this;
    }

    public Field required() {
      nillable = false;
      return this;
    }

    public Field defaulted() {
      defaulted = true;
      return this;
    }

    public Field externalId() {
      externalId = true;
      idLookup = true;
      return this;
    }

    public Field idLookup() {
      idLookup = true;
      return this;
    }

    public Field unique() {
      unique = true;
      return this;
    }

    public Field caseSensitive() {
      caseSensitive = true;
      return this;
    }

    public Field references(String relationshipName, String... objects) {
      relationship = relationshipName;
      referenceTo = List.of(objects);
      polymorphic = objects.length > 1;
      return this;
    }

    public Field picklist(String... values) {
      picklist = List.of(values);
      return this;
    }

    public TargetField build() {
      return new TargetField(
          name,
          type,
          length,
          precision,
          scale,
          digits,
          createable,
          updateable,
          nillable,
          defaulted,
          externalId,
          idLookup,
          unique,
          caseSensitive,
          referenceTo,
          relationship,
          polymorphic,
          !picklist.isEmpty(),
          picklist,
          "");
    }
  }
}
