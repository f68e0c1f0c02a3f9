package io.initload.cli.task;

/** What an orchestrator may ask for, one process each (architecture, section 9). */
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
