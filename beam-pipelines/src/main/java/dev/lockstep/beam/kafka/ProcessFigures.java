package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.MadeVectors;
import dev.lockstep.beam.stream.PublicationStatus;
import dev.lockstep.beam.stream.Tally;
import dev.lockstep.beam.stream.WallClock;
import java.lang.management.ManagementFactory;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the streams of this process have done and where they stand, as time series in Prometheus's
 * notation: the one form in which figures leave a process, embedded or on a cluster. Each process
 * of a job gives them with its signs of life ({@link ClaimSign}).
 */
public final class ProcessFigures {
  /** Events admitted, by source. */
  public static final String EVENTS = "lockstep_events_total";

  public static final String VECTORS = MadeVectors.COUNT;

  /** Events later than their source's lateness (C4), by source. */
  public static final String LATE = "lockstep_late_total";

  /** Records that are no events (C13), by reason. */
  public static final String DEAD_LETTERS = "lockstep_dead_letters_total";

  /** Numbers that are none, taken for null (C6). */
  public static final String NOT_FINITE = "lockstep_not_finite_total";

  /** Copies of ids that were taken out (C9). */
  public static final String DUPLICATES = "lockstep_duplicates_total";

  /** Records that came behind their partition's progress (C5), by partition. */
  public static final String OVERDUE = "lockstep_overdue_total";

  public static final String POSITION = "lockstep_partition_position";
  public static final String END = "lockstep_partition_end";

  /** How far a partition is in time of availability, in seconds since 1970. */
  public static final String PROGRESS = "lockstep_partition_progress_seconds";

  /** When the last checkpoint was complete, in seconds since 1970; absent before the first. */
  public static final String CHECKPOINT = "lockstep_checkpoint_seconds";

  public static final String STATES_WAITING = "lockstep_store_waiting_states";
  public static final String STATES_PUBLISHED = "lockstep_store_published_total";
  public static final String STORE_LOSSES = "lockstep_store_losses_total";
  public static final String STORE_SILENT = "lockstep_store_silent_seconds";

  /** From a request's entry into the platform to its vector. */
  public static final String LATENCY = MadeVectors.LATENCY;

  private static final AtomicLong CHECKPOINT_MILLIS = new AtomicLong();

  private ProcessFigures() {}

  /** This process, as {@code PID@HOST}. */
  static String process() {
    return ManagementFactory.getRuntimeMXBean().getName();
  }

  /** Notes that a checkpoint is complete. */
  static void checkpointComplete() {
    CHECKPOINT_MILLIS.set(WallClock.micros() / 1_000);
  }

  /** The figures of now, by series. */
  public static SortedMap<String, Double> now() {
    SortedMap<String, Double> all = new TreeMap<>();
    Tally.all()
        .forEach((series, count) -> all.put(series, series.endsWith("_sum") ? count / 1e6 : count));
    for (InputStatus.Partition partition : InputStatus.ofThisProcess().partitions()) {
      String labels =
          "{topic=\"" + partition.topic() + "\",partition=\"" + partition.partition() + "\"}";
      all.put(POSITION + labels, (double) partition.position());
      all.put(END + labels, (double) partition.end());
      all.put(PROGRESS + labels, partition.progressMillis() / 1e3);
      all.put(OVERDUE + labels, (double) partition.overdue());
    }
    PublicationStatus store = PublicationStatus.ofThisProcess();
    all.put(STATES_WAITING, (double) store.waiting());
    all.put(STATES_PUBLISHED, (double) store.published());
    all.put(STORE_LOSSES, (double) store.losses());
    all.put(STORE_SILENT, store.silentMillis() / 1e3);
    if (CHECKPOINT_MILLIS.get() > 0) {
      all.put(CHECKPOINT, CHECKPOINT_MILLIS.get() / 1e3);
    }
    return all;
  }
}
