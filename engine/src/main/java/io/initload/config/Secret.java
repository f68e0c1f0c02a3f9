package io.initload.config;

import java.util.Objects;

/**
 * A value that must never be printed: passwords, client secrets. {@link #toString()} is masked, so
 * a record that holds one may be logged. Immutable.
 */
public final class Secret {
  /** The absent secret: an empty text. */
  public static final Secret NONE = new Secret("");

  private final String value;

  public Secret(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** The value itself; call it only where it leaves for the system that asks for it. */
  public String reveal() {
    return value;
  }

  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return isEmpty() ? "" : "******";
  }
}
