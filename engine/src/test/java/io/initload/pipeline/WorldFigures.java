package io.initload.pipeline;

/** What a world held and went through. */
record WorldFigures(long rows, long loaded, long dead, long jobs, int lives) {
  static final WorldFigures NONE = new WorldFigures(0, 0, 0, 0, 0);

  WorldFigures plus(WorldFigures other) {
    return new WorldFigures(
        rows + other.rows,
        loaded + other.loaded,
        dead + other.dead,
        jobs + other.jobs,
        lives + other.lives);
  }
}
