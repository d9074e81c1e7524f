package dev.lockstep.beam.kafka;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of the topics of one feature set's stream.
 *
 * @param prefix before the topic of each source, for several environments on one cluster; may be
 *     empty
 * @param vectors where ready vectors go
 * @param deadLetters where go records that can't be events, with reason, position and bytes
 * @param late where events go that are later than their source's lateness
 */
public record StreamTopics(String prefix, String vectors, String deadLetters, String late)
    implements Serializable {

  /** The usual names: {@code <prefix><set>.vectors}, {@code .dead-letter} and {@code .late}. */
  public static StreamTopics of(String prefix, FeaturePlan plan) {
    String base = prefix + plan.name();
    return new StreamTopics(prefix, base + ".vectors", base + ".dead-letter", base + ".late");
  }

  public String topicOf(SourcePlan source) {
    return prefix + source.topic();
  }

  /** Where starts tell that they are the set's stream. */
  public String status(FeaturePlan plan) {
    return prefix + plan.name() + ".status";
  }

  /** The topics that the stream reads. */
  public List<String> inputs(FeaturePlan plan) {
    return plan.sources().stream().filter(s -> !s.table()).map(this::topicOf).toList();
  }

  /** The topics that the stream writes. */
  public List<String> outputs() {
    return List.of(vectors, late, deadLetters);
  }

  /** The topics that the stream reads or writes. */
  public List<String> all(FeaturePlan plan) {
    List<String> all = new ArrayList<>(inputs(plan));
    all.addAll(outputs());
    return all;
  }
}
