package dev.lockstep.beam.simulation;

import org.apache.beam.sdk.state.TimeDomain;

/** What a test breaks to see that a simulation notices. */
interface Sabotage {
  /** Breaks nothing. */
  Sabotage NONE = new Sabotage() {};

  /** Timers of event time are lost when a job comes again. */
  Sabotage TIMERS_LOST =
      new Sabotage() {
        @Override
        public void atRestore(Checkpoint checkpoint) {
          checkpoint
              .timers
              .values()
              .forEach(
                  keys ->
                      keys.values()
                          .forEach(
                              timers ->
                                  timers.removeIf(
                                      timer -> timer.getDomain() == TimeDomain.EVENT_TIME)));
        }
      };

  /** The ids that were seen are lost when a job comes again, so that copies come through. */
  Sabotage COPIES_LOST =
      new Sabotage() {
        @Override
        public void atRestore(Checkpoint checkpoint) {
          checkpoint
              .cells
              .values()
              .forEach(keys -> keys.values().forEach(cells -> cells.remove("copies")));
        }
      };

  /** A source runs ahead of what its partitions promise. */
  Sabotage HASTY =
      new Sabotage() {
        @Override
        public long watermark(long millis) {
          return millis + 60_000;
        }
      };

  /** Changes what a job comes again from, at each restart. */
  default void atRestore(Checkpoint checkpoint) {}

  /** What a source tells of how far it has read, in milliseconds. */
  default long watermark(long millis) {
    return millis;
  }
}
