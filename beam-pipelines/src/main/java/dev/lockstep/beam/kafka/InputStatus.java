package dev.lockstep.beam.kafka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the streams of this process read at the moment, partition by partition, for people.
 *
 * @param partitions of all topics, by name and number; empty until a job runs
 * @param problem a sentence that says what goes wrong with reading; null for nothing
 */
public record InputStatus(List<Partition> partitions, @Nullable String problem) {

  /**
   * Where a partition stands.
   *
   * @param position the next record to read
   * @param end the offset behind its last record, as far as known; -1 if not yet
   * @param progressMillis no later record is available before (C5)
   * @param overdue records that came behind that
   * @param heldBy what it waits for, if it doesn't move though there is more to read: a phrase for
   *     people; null where that isn't known
   */
  public record Partition(
      String topic,
      int partition,
      long position,
      long end,
      long progressMillis,
      long overdue,
      @Nullable String heldBy) {
    /** Kafka's way to write a partition: topic, dash, number. */
    public String name() {
      return topic + "-" + partition;
    }

    /** Records that are there and not yet read, those that an open transaction hides included. */
    public long unread() {
      return Math.max(0, end - position);
    }
  }

  private static final Comparator<Partition> ORDER =
      Comparator.comparing(Partition::topic).thenComparingInt(Partition::partition);

  /** Of now. */
  public static InputStatus ofThisProcess() {
    List<Partition> partitions = new ArrayList<>();
    String problem = null;
    for (TopicFeed feed : TopicFeed.open()) {
      if (feed.problem() != null) {
        problem = feed.problem();
      }
      for (TopicReader reader : feed.readers()) {
        for (ReadPartition read : reader.partitions()) {
          PartitionProgress progress = read.progress();
          partitions.add(
              new Partition(
                  read.partition().topic(),
                  read.partition().partition(),
                  progress.position(),
                  progress.end(),
                  progress.millis(),
                  progress.overdue(),
                  read.heldBy()));
        }
      }
    }
    partitions.sort(ORDER);
    return new InputStatus(List.copyOf(partitions), problem);
  }
}
