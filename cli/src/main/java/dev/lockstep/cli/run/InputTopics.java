package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.kafka.SeenBroker;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.project.Nearest;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.KnowledgePosition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The topics that a stream reads, on a broker that somebody else writes to. */
public final class InputTopics {
  private InputTopics() {}

  /**
   * Refuses a broker that lacks a topic to be read: its name may be mistyped, and an empty topic
   * made of it would look like a stream that works.
   *
   * @throws CommandException naming what is missing, and what is there under names like it; or a
   *     topic of too many partitions
   */
  public static void require(FeaturePlan plan, String kafka) {
    require(
        StreamTopics.of("", plan).inputs(plan),
        kafka,
        plan.name() + " reads",
        "correct the source's topic, make the topic with the partitions that it needs, or let the"
            + " stream make it: --make-topics");
  }

  /**
   * Refuses a broker that lacks one of some topics.
   *
   * @param user who needs them, in words that end with what it does
   * @throws CommandException naming what is missing, and what is there under names like it; or a
   *     topic of too many partitions
   */
  static void require(List<String> names, String kafka, String user, String cure) {
    SeenBroker broker = new Topics(kafka).seen(names);
    requireFew(broker, names);
    List<String> missing =
        names.stream().filter(t -> !broker.topicIds().containsKey(t)).sorted().toList();
    if (!missing.isEmpty()) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "Kafka at "
              + kafka
              + " has no topic "
              + String.join(", ", missing)
              + ", which "
              + user
              + near(missing, broker.topicIds().keySet()),
          cure);
    }
  }

  /** Refuses a topic whose records have no place in a sequence of partition and offset (C2). */
  static void requireFew(SeenBroker broker, List<String> inputs) {
    for (String input : inputs) {
      int partitions = broker.partitions().getOrDefault(input, 0);
      if (partitions > KnowledgePosition.MOST_PARTITIONS) {
        throw new CommandException(
            FailureKind.DATA,
            "topic "
                + input
                + " has "
                + partitions
                + " partitions: at most "
                + KnowledgePosition.MOST_PARTITIONS
                + " can be told apart",
            "read a topic of fewer partitions; what others hold would be dead letters");
      }
    }
  }

  private static String near(List<String> missing, Set<String> there) {
    Set<String> near = new TreeSet<>();
    missing.stream().map(m -> Nearest.to(m, there)).flatMap(Optional::stream).forEach(near::add);
    return near.isEmpty() ? "" : "; there is " + String.join(", ", near);
  }
}
