package io.initload;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Takes all classes apart by file or by package; nested types belong to their file. */
final class Circles implements SliceAssignment {
  private final boolean byFile;

  private Circles(boolean byFile) {
    this.byFile = byFile;
  }

  static Circles ofFiles() {
    return new Circles(true);
  }

  static Circles ofPackages() {
    return new Circles(false);
  }

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    return byFile
        ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
        : SliceIdentifier.of(type.getPackageName());
  }

  @Override
  public String getDescription() {
    return byFile ? "each file" : "each package";
  }
}
