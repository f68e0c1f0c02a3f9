package io.initload.simulator.fault;

/** When, and what. The name appears in the org's journal of faults. */
public record FaultRule(String name, Trigger trigger, Fault fault) {}
