package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.TopicPositions;
import dev.lockstep.time.KnowledgePosition;
import java.util.Arrays;
import java.util.Map;

/**
 * The greatest Kafka offset that was read of each partition of one source, in history that was
 * archived from Kafka: a stream goes on behind it (C12).
 */
final class Positions {
  private static final String PREFIX = "position.";
  private static final String SUFFIX = ".max";

  private final String source;
  private long[] greatest = new long[0];

  Positions(String source) {
    this.source = source;
  }

  /** Takes note of a row's packed (partition, offset). */
  void read(long position) {
    int partition = KnowledgePosition.partitionOf(position);
    if (partition >= greatest.length) {
      int known = greatest.length;
      greatest = Arrays.copyOf(greatest, partition + 1);
      Arrays.fill(greatest, known, greatest.length, -1);
    }
    greatest[partition] = Math.max(greatest[partition], KnowledgePosition.offsetOf(position));
  }

  void addTo(Tally tally) {
    for (int partition = 0; partition < greatest.length; partition++) {
      if (greatest[partition] >= 0) {
        tally.add(PREFIX + source + "." + partition + SUFFIX, greatest[partition]);
      }
    }
  }

  /** Positions with those among counts. */
  static TopicPositions in(Map<String, Long> counts, TopicPositions before) {
    TopicPositions positions = before;
    for (var count : counts.entrySet()) {
      String name = count.getKey();
      if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
        String place = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        int dot = place.lastIndexOf('.');
        positions =
            positions.read(
                place.substring(0, dot),
                Integer.parseInt(place.substring(dot + 1)),
                count.getValue());
      }
    }
    return positions;
  }
}
