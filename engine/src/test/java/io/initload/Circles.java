package io.initload;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Takes each file of the chosen packages as a slice; nested types belong to their file. */
final class Circles implements SliceAssignment {
  private final String packages;

  private Circles(String packages) {
    this.packages = packages;
  }

  /**
   * @param packages the beginning of their names
   */
  static Circles inside(String packages) {
    return new Circles(packages);
  }

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    return type.getPackageName().startsWith(packages)
        ? SliceIdentifier.of(type.getPackageName(), file(type))
        : SliceIdentifier.ignore();
  }

  private static String file(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer.getSimpleName();
  }

  @Override
  public String getDescription() {
    return "files of " + packages;
  }
}
