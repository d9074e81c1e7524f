package dev.lockstep.cli.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.kafka.SeenBroker;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.work.WorkFiles;
import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whose state a work folder's checkpoints hold: kept beside them as {@code stream.json}, so that no
 * other stream takes them for its own.
 *
 * <p>Cells of state are found by a branch's number, and rows in them by a column's: all that
 * decides either is in {@code plan} and {@code sources}, in its order. Addresses, descriptions and
 * owners aren't here, nor is the parallelism: state goes by keys.
 *
 * @param format of this file, and of what checkpoints hold
 * @param set the feature set's name
 * @param fingerprint its plan's
 * @param plan its plan's text
 * @param sources a line for each source in the plan's order: its columns in theirs, and its topic
 * @param live whether topics move on by the broker's clock; else they hold a replay (C5)
 * @param backend where Flink keeps the state; checkpoints are in its form
 * @param cluster Kafka's id
 * @param inputs the id of each topic that is read
 * @param outputs how many partitions each topic has that is written
 */
record StateOwner(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) String set,
    @JsonProperty(required = true) String fingerprint,
    @JsonProperty(required = true) List<String> plan,
    @JsonProperty(required = true) List<String> sources,
    @JsonProperty(required = true) boolean live,
    @JsonProperty(required = true) StateBackend backend,
    @JsonProperty(required = true) String cluster,
    @JsonProperty(required = true) TreeMap<String, String> inputs,
    @JsonProperty(required = true) TreeMap<String, Integer> outputs) {

  static final String FILE = "stream.json";

  /** Goes up with the bytes of checkpoints, too: what an older version wrote isn't read. */
  static final int FORMAT = 3;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** What a stream of a plan is on a broker: of topics, those that are there. */
  static StateOwner of(FeaturePlan plan, boolean live, StateBackend backend, SeenBroker broker) {
    StreamTopics topics = StreamTopics.of("", plan);
    TreeMap<String, String> inputs = new TreeMap<>();
    for (String topic : topics.inputs(plan)) {
      Optional.ofNullable(broker.topicIds().get(topic)).ifPresent(id -> inputs.put(topic, id));
    }
    TreeMap<String, Integer> outputs = new TreeMap<>();
    for (String topic : topics.outputs()) {
      Optional.ofNullable(broker.partitions().get(topic)).ifPresent(n -> outputs.put(topic, n));
    }
    return new StateOwner(
        FORMAT,
        plan.name(),
        plan.fingerprint(),
        plan.text().lines().toList(),
        plan.sources().stream().map(StateOwner::line).toList(),
        live,
        backend,
        broker.cluster(),
        inputs,
        outputs);
  }

  /** The same one, whose checkpoints are of another backend from now on. */
  StateOwner with(StateBackend other) {
    return new StateOwner(
        format, set, fingerprint, plan, sources, live, other, cluster, inputs, outputs);
  }

  private static String line(SourcePlan source) {
    return source.name()
        + (source.table() ? " is a table" : " in topic " + source.topic())
        + " with columns "
        + source.columns().stream().map(ColumnPlan::text).collect(Collectors.joining(","));
  }

  /** Whether nothing is known of it that {@link StateDifference} could miss. */
  boolean isWhole(FeaturePlan of) {
    StreamTopics topics = StreamTopics.of("", of);
    return inputs.keySet().containsAll(topics.inputs(of))
        && outputs.keySet().containsAll(topics.outputs());
  }

  String planText() {
    return String.join("\n", plan);
  }

  /** What a work folder says; empty if it says nothing. */
  static Optional<StateOwner> read(WorkFiles work) throws IOException {
    Optional<String> text = work.read(FILE);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String file = work + "/" + FILE;
    try {
      int format = JSON.readTree(text.get()).path("format").asInt();
      if (format != FORMAT) {
        throw unreadable(file, "is of format " + format + ", and this version reads " + FORMAT);
      }
      return Optional.of(JSON.readValue(text.get(), StateOwner.class));
    } catch (JsonProcessingException e) {
      throw unreadable(file, "is damaged: " + e.getOriginalMessage());
    }
  }

  private static CommandException unreadable(String file, String why) {
    return new CommandException(
        FailureKind.DATA,
        file + " " + why + "; it says whose state the folder holds",
        "give another --work folder, or run the version of Lockstep that wrote it");
  }

  /** Writes it, before there is any checkpoint. */
  void write(WorkFiles work) throws IOException {
    work.write(FILE, JSON.writeValueAsString(this) + "\n");
  }
}
