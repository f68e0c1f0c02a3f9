package io.initload.simulator.store;

/** Called with each fact. */
@FunctionalInterface
public interface FactVisitor {
  /** Sees one fact; the value may be kept. */
  void visit(String name, byte[] value);
}
