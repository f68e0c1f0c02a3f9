package io.initload.mapping.canonical;

/** As what a staged text was written, so that its form is known without looking at it. */
public enum Written {
  /** As anything; it must be looked at. */
  TEXT,
  /** A plain decimal without idle zeros. */
  NUMBER,
  /** {@code yyyy-MM-dd}. */
  DATE,
  /** {@code yyyy-MM-ddTHH:mm:ss.SSSZ}. */
  MOMENT
}
