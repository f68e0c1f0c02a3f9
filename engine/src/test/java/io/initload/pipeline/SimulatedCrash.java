package io.initload.pipeline;

/** The process dies here: nothing after this point happens, as after {@code kill -9}. */
final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(String label) {
    super(label, null, false, false);
  }
}
