package dev.lockstep.beam.parity;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a comparison of a stream's vectors with the batch gave.
 *
 * @param counts by name, see {@link Counts}; those that are 0 are absent
 * @param differences the first few, by their place in the vectors' topic
 */
public record ParityReport(Map<String, Long> counts, List<Difference> differences) {

  public ParityReport {
    counts = new TreeMap<>(counts);
    differences = List.copyOf(differences);
  }

  /**
   * Whether something was compared and nothing speaks against the stream: no vector differs without
   * a reason that C5 gives, none was published for nothing, and no request was passed over.
   */
  public boolean identical() {
    return compared() > 0 && differing() == 0 && unanswered() == 0 && unasked() == 0;
  }

  /** Vectors of this plan, repeats included. */
  public long published() {
    return count(Counts.VECTORS);
  }

  /** Vectors that were compared, of each request the first. */
  public long compared() {
    return count(Counts.COMPARED);
  }

  /** Those that are the same to the bit. */
  public long same() {
    return count(Counts.IDENTICAL);
  }

  /** Those that differ, and nothing explains it. */
  public long differing() {
    return count(Counts.DIFFERING);
  }

  /** Those under {@code ordered()} that differ where overdue rows may explain it. */
  public long explained() {
    return count(Counts.EXPLAINED);
  }

  /** Those under {@code onArrival()} that differ, as C5 allows: they missed what was in flight. */
  public long missed() {
    return count(Counts.MISSED);
  }

  /** Requests, and vectors, that can't be judged: they may read what topics no longer hold. */
  public long beforeLog() {
    return count(Counts.BEFORE_LOG);
  }

  /** Requests that got no vector though later ones did. */
  public long unanswered() {
    return count(Counts.UNANSWERED);
  }

  /** Requests later than all that were answered: the stream may be about to. */
  public long waiting() {
    return count(Counts.WAITING);
  }

  /** Vectors whose request no topic holds. */
  public long unasked() {
    return count(Counts.UNASKED);
  }

  /** Vectors that were published since the topics' ends were noted, of requests behind these. */
  public long later() {
    return count(Counts.LATER);
  }

  /** Further vectors of a request, as after a restart. */
  public long repeats() {
    return count(Counts.REPEATS);
  }

  /** Those that differ from the first. */
  public long differingRepeats() {
    return count(Counts.DIFFERING_REPEATS);
  }

  /** Messages that are no vectors. */
  public long unreadable() {
    return count(Counts.UNREADABLE);
  }

  /** Vectors of other plans, by fingerprint. */
  public Map<String, Long> foreign() {
    return beginningWith(Counts.FOREIGN);
  }

  /** The vectors in which a feature differs, by its name. */
  public Map<String, Long> features() {
    return beginningWith(Counts.FEATURE);
  }

  /** Usable rows by source. */
  public Map<String, Long> rows() {
    return beginningWith(Counts.ROWS);
  }

  /** Rows behind their partition's progress, by source, as far as the log tells. */
  public Map<String, Long> overdue() {
    return beginningWith(Counts.OVERDUE);
  }

  /** Copies of an event that is there, by source (C9). */
  public Map<String, Long> copies() {
    return beginningWith(Counts.COPIES);
  }

  /** Why records of a source are no events, the most frequent first. */
  public record Reason(String source, String reason, long count) {}

  /**
   * The records that are no events.
   *
   * @param kind {@link dev.lockstep.beam.kafka.Reasons#LATE} or {@code DEAD_LETTERS}
   */
  public List<Reason> reasons(String kind) {
    return beginningWith(kind + "/").entrySet().stream()
        .map(
            e -> {
              int end = e.getKey().indexOf('/');
              return new Reason(
                  e.getKey().substring(0, end), e.getKey().substring(end + 1), e.getValue());
            })
        .sorted(Comparator.comparingLong(Reason::count).reversed())
        .toList();
  }

  private Map<String, Long> beginningWith(String prefix) {
    Map<String, Long> found = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), count);
          }
        });
    return found;
  }

  private long count(String name) {
    return counts.getOrDefault(name, 0L);
  }
}
