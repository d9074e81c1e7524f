package dev.lockstep.beam.kafka;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.stream.StreamSettings;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.plan.FeaturePlan;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What goes from step to step of a stream is coded by Beam's own coders: the runner writes each
 * edge's coder into checkpoints, Java-serialised, so a class of ours there could never change.
 */
class StreamEdgesTest {
  record Swipe(String id, String card, double amount, Instant at) {}

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);

  private static final FeatureSet<Swipe> SET =
      FeatureSet.named("edges")
          .forEach(SWIPES)
          .with(
              FeatureView.named("by_card")
                  .over(SWIPES)
                  .by(Entity.string("card"), Swipe::card)
                  .feature("swipes_1h", count().over(last(hours(1)))));

  @ParameterizedTest
  @EnumSource(Emission.class)
  void noCoderOfAnEdgeIsOfOurs(Emission emission) throws Exception {
    FeatureSet<Swipe> set = SET.emittingInstead(emission);
    StreamTopics topics = StreamTopics.of("", FeaturePlan.of(set));
    StreamStart snapshot = new StreamStart(new SnapshotFolder("nowhere"), "run", Map.of());
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    new StreamPipeline(set, "nowhere:9092", topics, new NothingStored(), StreamSettings.DEFAULT)
        .after(snapshot)
        .addTo(pipeline);
    Map<String, Coder<?>> edges = edges(pipeline);
    assertTrue(edges.size() > 10, edges.keySet().toString());
    Map<String, Set<String>> ours = new TreeMap<>();
    for (var edge : edges.entrySet()) {
      Set<String> classes = serialised(edge.getValue());
      if (!classes.isEmpty()) {
        ours.put(edge.getKey(), classes);
      }
    }
    assertEquals(Map.of(), ours);
  }

  /** That nothing was found must not be for want of looking. */
  @Test
  void aCoderOfOursWouldBeFound() throws Exception {
    assertEquals(
        Set.of("dev.lockstep.beam.coder.BlobCoder", "dev.lockstep.beam.coder.RejectedCoder"),
        serialised(new RejectedCoder()));
  }

  /** Of each step's outputs the coder, by what the runner calls them. */
  private static Map<String, Coder<?>> edges(Pipeline pipeline) {
    Map<String, Coder<?>> edges = new HashMap<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitValue(PValue value, Node producer) {
            if (value instanceof PCollection<?> rows) {
              edges.put(value.getName(), rows.getCoder());
            }
          }
        });
    return edges;
  }

  /** The classes of ours whose descriptions are in an object's serialised form. */
  private static Set<String> serialised(Object object) throws IOException {
    Set<String> classes = new TreeSet<>();
    try (ObjectOutputStream out =
        new ObjectOutputStream(OutputStream.nullOutputStream()) {
          @Override
          protected void writeClassDescriptor(ObjectStreamClass described) throws IOException {
            if (described.getName().contains("dev.lockstep")) {
              classes.add(described.getName());
            }
            super.writeClassDescriptor(described);
          }
        }) {
      out.writeObject(object);
    }
    return classes;
  }
}
