package dev.lockstep.beam.simulation;

import dev.lockstep.beam.kafka.InputMode;
import dev.lockstep.beam.kafka.KafkaInputs;
import dev.lockstep.beam.kafka.SimulatedKafka;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.stream.StreamSettings;
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
  private final FunctionPool functions;

  /** A random one. */
  static SimulatedSet of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean isOfOneEntity = random.nextInt(5) == 0;
    Emission emission = random.nextInt(3) == 0 ? Emission.onArrival() : Emission.ordered();
    long drawn = random.nextLong();
    return new SimulatedSet(
        isOfOneEntity ? RandomSets.ofOneEntity(drawn) : RandomSets.next(drawn, emission),
        isOfOneEntity,
        random);
  }

  SimulatedSet(FeatureSet<?> set, boolean isOfOneEntity, SplittableRandom random) {
    this.set = set;
    this.isOfOneEntity = isOfOneEntity;
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
    this.functions = new FunctionPool(set);
    // Some decode a key's state for each of its rows, some hold what they decoded.
    long decodedBytes = random.nextBoolean() ? 0 : StreamSettings.DEFAULT.decodedBytes();
    StreamSettings settings =
        new StreamSettings(0, StreamSettings.DEFAULT.publishEvery(), decodedBytes);
    var stream = new SimulatedKafka.Stream(set, functions.store(), topics, mode, settings);
    this.graph = JobGraph.of(stream.pipeline());
    this.inputs = stream.inputs();
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

  FunctionPool functions() {
    return functions;
  }

  KafkaInputs inputs() {
    return inputs;
  }
}
