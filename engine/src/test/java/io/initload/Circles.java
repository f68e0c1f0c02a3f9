package io.initload;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Takes all classes apart, to find what goes round in a circle. */
final class Circles implements SliceAssignment {
  private static final Pattern NAME =
      Pattern.compile("io\\.initload\\.([a-z0-9]+)(\\.[a-z0-9.]+)?");

  private final String what;
  private final Function<JavaClass, String> slice;

  private Circles(String what, Function<JavaClass, String> slice) {
    this.what = what;
    this.slice = slice;
  }

  /** Nested types belong to their file. */
  static Circles ofFiles() {
    return new Circles("files", type -> type.getName().replaceFirst("\\$.*", ""));
  }

  /** The rooms of a package belong to it. */
  static Circles ofPackages() {
    return new Circles("packages", type -> part(type, 1));
  }

  /** Apart from the package that they are rooms of, whose values they know. */
  static Circles ofRooms() {
    return new Circles("rooms", type -> part(type, 2));
  }

  private static String part(JavaClass type, int group) {
    var name = NAME.matcher(type.getPackageName());
    boolean there = name.matches() && name.group(group) != null;
    return !there ? "" : group == 1 ? name.group(1) : type.getPackageName();
  }

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    String name = slice.apply(type);
    return name.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(name);
  }

  @Override
  public String getDescription() {
    return "all " + what;
  }
}
