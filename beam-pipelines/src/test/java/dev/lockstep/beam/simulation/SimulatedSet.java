package dev.lockstep.beam.simulation;

import dev.lockstep.beam.kafka.InputMode;
import dev.lockstep.beam.kafka.KafkaInputs;
import dev.lockstep.beam.kafka.SimulatedKafka;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A definition with its real pipeline, and the promises that its topics keep. */
final class SimulatedSet {
  private final FeatureSet<?> set;
  private final FeaturePlan plan;
  private final boolean isOfOneEntity;
  private final boolean live;
  private final long visibleWithinMillis;
  private final long brokerSkewMillis;
  private final StreamTopics topics;
  private final JobGraph graph;
  private final KafkaInputs inputs;

  SimulatedSet(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.isOfOneEntity = random.nextInt(5) == 0;
    Emission emission = random.nextInt(3) == 0 ? Emission.onArrival() : Emission.ordered();
    long drawn = random.nextLong();
    this.set = isOfOneEntity ? RandomSets.ofOneEntity(drawn) : RandomSets.next(drawn, emission);
    this.plan = FeaturePlan.of(set);
    this.live = random.nextBoolean();
    this.visibleWithinMillis = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(60_000);
    this.brokerSkewMillis = random.nextBoolean() ? 0 : random.nextInt(500);
    this.topics = StreamTopics.of("", plan);
    Map<String, Duration> visible = new HashMap<>();
    topics.inputs(plan).forEach(t -> visible.put(t, Duration.ofMillis(visibleWithinMillis)));
    InputMode mode =
        live
            ? new InputMode(true, Duration.ofMillis(brokerSkewMillis), visible, false)
            : InputMode.REPLAY;
    Packed.AnyStore store = new Packed.AnyStore();
    this.graph = JobGraph.of(SimulatedKafka.pipeline(set, store, topics, mode));
    this.inputs = SimulatedKafka.inputs(set, store, topics, mode);
  }

  FeatureSet<?> set() {
    return set;
  }

  FeaturePlan plan() {
    return plan;
  }

  boolean isOfOneEntity() {
    return isOfOneEntity;
  }

  boolean live() {
    return live;
  }

  long visibleWithinMillis() {
    return visibleWithinMillis;
  }

  long brokerSkewMillis() {
    return brokerSkewMillis;
  }

  StreamTopics topics() {
    return topics;
  }

  String topicOf(SourcePlan source) {
    return topics.topicOf(source);
  }

  JobGraph graph() {
    return graph;
  }

  KafkaInputs inputs() {
    return inputs;
  }
}
