package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.InputMode;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.kafka.TopicStamps;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.define.DurationText;
import dev.lockstep.define.Emission;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the inputs of a live stream move on, by what their sources declare, else by what producers
 * and brokers with default settings keep; with what it costs, in words.
 *
 * @param mode of the job
 * @param notes a line for each input
 */
record InputModes(InputMode mode, List<String> notes) {

  /** The mode of live topics, which must be there. */
  static InputModes live(FeaturePlan plan, Topics broker, Duration brokerSkew, boolean skipsGaps) {
    StreamTopics topics = StreamTopics.of("", plan);
    Map<String, TopicStamps> stamps = broker.stamps(topics.inputs(plan));
    Map<String, Duration> visible = new HashMap<>();
    List<String> notes = new ArrayList<>();
    for (SourcePlan source : plan.sources()) {
      if (!source.table()) {
        String topic = topics.topicOf(source);
        TopicStamps ofTopic = Objects.requireNonNull(stamps.get(topic));
        Duration within = source.promises().visibleWithin().orElseGet(ofTopic::visibleWithin);
        visible.put(topic, within);
        notes.add(note(plan, source, topic, within, ofTopic));
      }
    }
    return new InputModes(new InputMode(true, brokerSkew, visible, skipsGaps), notes);
  }

  private static String note(
      FeaturePlan plan, SourcePlan source, String topic, Duration within, TopicStamps stamps) {
    boolean declared = source.promises().visibleWithin().isPresent();
    String waits =
        plan.emission() == Emission.ORDERED
            ? "requests wait for its quiet partitions "
            : "its quiet partitions are taken to be complete after ";
    return topic
        + ": "
        + waits
        + DurationText.of(within)
        + ", as "
        + (declared
            ? "its source declares (visibleWithin)"
            : stamps.reason()
                + (stamps.appendTime() && stamps.replicas() == 1
                    ? ""
                    : "; a shorter promise is yours to give: .visibleWithin(...) on the source"
                        + (stamps.appendTime()
                            ? ""
                            : ", or message.timestamp.type=LogAppendTime on the topic")));
  }
}
