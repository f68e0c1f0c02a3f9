package io.initload.cli.task;

/**
 * What an orchestrator may ask for, one process each (docs/architecture.md, "Several machines").
 */
enum TaskStep {
  PREFLIGHT,
  PLAN,
  MOVE,
  COLLECT,
  FINISH,
  SUMMARISE,
  RECONCILE,
  CLEANUP
}
