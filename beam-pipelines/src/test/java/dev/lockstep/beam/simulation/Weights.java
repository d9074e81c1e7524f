package dev.lockstep.beam.simulation;

/** How often each kind of step comes in one schedule: drawn, so that each has habits of its own. */
final class Weights {
  private interface Act {
    void on(Simulation simulation);
  }

  private static final Act[] ACTS = {
    Simulation::append,
    Simulation::createPartition,
    Simulation::passTime,
    Simulation::fetch,
    Simulation::ask,
    Simulation::poll,
    Simulation::tellWatermark,
    Simulation::deliver,
    Simulation::finishBundle,
    Simulation::fireProcessing,
    Simulation::checkpoint,
    Simulation::crash,
    Simulation::redis
  };

  /** In the order of the acts; each schedule has some of them much more seldom. */
  private static final int[] USUAL = {20, 2, 6, 30, 30, 40, 20, 160, 20, 6, 8, 1, 3};

  private final Schedule schedule;
  private final int[] upTo = new int[ACTS.length];

  Weights(Schedule schedule) {
    this.schedule = schedule;
    int sum = 0;
    for (int i = 0; i < ACTS.length; i++) {
      int weight = USUAL[i] * 4;
      sum += schedule.oneIn(4) ? Math.max(1, weight / (2 << schedule.pick(4))) : weight;
      upTo[i] = sum;
    }
  }

  void next(Simulation simulation) {
    int drawn = schedule.pick(upTo[ACTS.length - 1]);
    int act = 0;
    while (upTo[act] <= drawn) {
      act++;
    }
    ACTS[act].on(simulation);
  }
}
