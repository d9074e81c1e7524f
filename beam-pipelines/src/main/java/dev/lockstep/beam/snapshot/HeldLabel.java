package dev.lockstep.beam.snapshot;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a snapshot holds for a label that may come on a later day (L6).
 *
 * @param definition of the label, in one line
 * @param waiting the numbers of the files of {@link WaitingRow}s, and how many rows each has
 */
public record HeldLabel(String definition, Map<Long, Long> waiting) implements Serializable {
  public HeldLabel {
    waiting = new TreeMap<>(waiting);
  }
}
