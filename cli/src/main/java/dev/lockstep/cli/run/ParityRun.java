package dev.lockstep.cli.run;

import dev.lockstep.beam.event.SchemaFolder;
import dev.lockstep.beam.kafka.LogRange;
import dev.lockstep.beam.kafka.LogReader;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.parity.LogParity;
import dev.lockstep.beam.parity.ParityReport;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * A stream's published vectors beside what batch computes over the topics that it reads.
 *
 * @param kafka bootstrap servers
 * @param live whether the topics are live or hold a replay
 */
public record ParityRun(Definition definition, String kafka, boolean live) {
  private static final Duration MOST_SKEW = Duration.ofSeconds(1);

  /**
   * What is compared, as it was found at the start.
   *
   * @param notes what a reader of the result must know, a line each
   */
  public record Looked(LogParity parity, List<String> notes) {

    /** Records of all inputs. */
    public long records() {
      return parity.log().ranges().stream().mapToLong(r -> r.end() - r.first()).sum();
    }
  }

  /**
   * Looks at the topics, and notes where they end now.
   *
   * @param wholeFrom from when on the topics hold all events; null to tell it by what was deleted
   * @param schemas a folder of Avro schemas that messages may be written by
   * @param tables files of the tables, by name
   * @throws CommandException if Kafka can't be used, or a topic or all vectors are missing
   * @throws IOException if a schema can't be read
   */
  public Looked look(
      @Nullable Instant wholeFrom,
      Path schemas,
      Map<String, ? extends List<Path>> tables,
      InstantSource clock)
      throws IOException {
    FeaturePlan plan = definition.plan();
    StreamTopics topics = StreamTopics.of("", plan);
    List<String> inputs = topics.inputs(plan);
    InputTopics.require(
        inputs, kafka, plan.name() + " reads", "correct the source's topic, or --kafka");
    InputTopics.require(
        List.of(topics.vectors()),
        kafka,
        "its stream writes",
        "start the stream first (lockstep stream), or correct --kafka");
    Topics broker = new Topics(kafka);
    // Vectors first: what is there by now answers requests that are in the inputs by then.
    List<Long> vectorEnds = requireVectors(broker, topics.vectors());
    Map<String, Map<Integer, Topics.Offsets>> found = broker.committedOffsets(inputs);
    List<LogRange> ranges = new ArrayList<>();
    new TreeMap<>(found)
        .forEach(
            (topic, offsets) ->
                new TreeMap<>(offsets)
                    .forEach((p, o) -> ranges.add(new LogRange(topic, p, o.first(), o.end()))));
    List<String> notes = new ArrayList<>();
    for (String topic : broker.compacted(inputs)) {
      notes.add(
          topic
              + " is compacted: records that the stream has read may be gone, and vectors differ"
              + " for that");
    }
    Map<Integer, Long> whole =
        wholeFrom == null
            ? wholeFrom(plan, topics, ranges, notes)
            : declared(plan, Micros.of(wholeFrom));
    LogParity.Log log =
        new LogParity.Log(
            kafka,
            ranges,
            new SchemaFolder(schemas).texts(),
            live,
            clock.instant().plus(MOST_SKEW).toEpochMilli(),
            whole);
    return new Looked(new LogParity(definition.set(), log, vectorEnds, tables), notes);
  }

  /** Where the partitions of the vectors end. */
  private List<Long> requireVectors(Topics broker, String topic) {
    Map<Integer, Topics.Offsets> offsets =
        broker.committedOffsets(List.of(topic)).getOrDefault(topic, Map.of());
    if (offsets.values().stream().allMatch(o -> o.first() == o.end())) {
      throw new CommandException(
          FailureKind.DATA,
          topic + " of Kafka at " + kafka + " holds no vectors",
          "let the stream answer requests first (lockstep stream); what holds it up it says itself");
    }
    return new TreeMap<>(offsets).values().stream().map(Topics.Offsets::end).toList();
  }

  private static Map<Integer, Long> declared(FeaturePlan plan, long micros) {
    Map<Integer, Long> whole = new HashMap<>();
    plan.sources().stream().filter(s -> !s.table()).forEach(s -> whole.put(s.index(), micros));
    return whole;
  }

  /**
   * From when on nothing can have happened that was deleted: what was deleted from a partition is
   * no younger than its first record (C5: but for the declared disorder), nothing happened later
   * than the clock skew after it was recorded (C4), and copies of it are no events for as long as
   * the lateness (C9).
   */
  private Map<Integer, Long> wholeFrom(
      FeaturePlan plan, StreamTopics topics, List<LogRange> ranges, List<String> notes) {
    Map<Integer, Long> whole = new HashMap<>();
    try (LogReader reader = new LogReader(kafka)) {
      for (LogRange range : ranges) {
        if (!range.isTruncated()) {
          continue;
        }
        SourcePlan source = source(plan, topics, range.topic());
        OptionalLong first = reader.firstTimestamp(range);
        long from = first.isEmpty() ? Long.MAX_VALUE : wholeFrom(source, first.getAsLong() * 1_000);
        whole.merge(source.index(), from, Math::max);
        notes.add(
            "%s-%d begins at offset %d: %s"
                .formatted(
                    range.topic(),
                    range.partition(),
                    range.first(),
                    first.isEmpty()
                        ? "nothing is left of it"
                        : "it holds all that happened from " + Micros.toInstant(from) + " on"));
      }
    }
    return whole;
  }

  private static long wholeFrom(SourcePlan source, long firstMicros) {
    long copies = source.idColumn() < 0 ? 0 : source.latenessMicros();
    return Micros.plusSaturating(
        firstMicros, source.promises().disorderMicros() + source.clockSkewMicros() + copies);
  }

  private static SourcePlan source(FeaturePlan plan, StreamTopics topics, String topic) {
    return plan.sources().stream()
        .filter(s -> !s.table() && topics.topicOf(s).equals(topic))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Compares.
   *
   * @param work a folder for the result on its way
   * @throws CommandException if there are no vectors of this definition
   */
  public ParityReport run(Looked looked, PipelineOptions runner, Path work) throws IOException {
    ParityReport report = looked.parity().run(runner, work);
    if (report.published() == 0) {
      throw new CommandException(
          FailureKind.DATA,
          "no vector in "
              + definition.vectorsTopic()
              + " is of this definition, "
              + definition.plan().fingerprint()
              + others(report.foreign()),
          "compare with the definition that the stream runs (its emission, --emit, counts, too), or"
              + " start the stream of this one");
    }
    return report;
  }

  private static String others(Map<String, Long> foreign) {
    return foreign.isEmpty()
        ? ""
        : foreign.entrySet().stream()
            .map(other -> other.getValue() + " of another: " + other.getKey())
            .collect(Collectors.joining(", ", "; there are ", ""));
  }
}
