package dev.lockstep.beam.simulation;

import dev.lockstep.beam.kafka.TopicSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** The steps of a pipeline and the edges between them, as a runner sees them. */
final class JobGraph {
  private static final Set<String> SINKS = Set.of("WriteVectors", "WriteDeadLetters", "WriteLate");

  private record Output(Step step, TupleTag<?> tag) {}

  private final List<Step> steps = new ArrayList<>();
  private final Map<PCollection<?>, List<Output>> outputs = new HashMap<>();
  private @Nullable TopicSource source;

  private JobGraph() {}

  /** The graph of a pipeline; what writes to topics is a step without a function. */
  static JobGraph of(Pipeline pipeline) {
    JobGraph graph = new JobGraph();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof Read.Unbounded<?> read) {
              graph.source = (TopicSource) read.getSource();
              graph.add(node, null);
              return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
            }
            if (SINKS.contains(node.getFullName())) {
              graph.add(node, null);
              return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof Flatten.PCollections) {
              List<Output> all = new ArrayList<>();
              node.getInputs().values().forEach(of -> all.addAll(graph.outputsOf(of)));
              node.getOutputs().values().forEach(of -> graph.outputs.put(of, all));
            } else if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo) {
              graph.add(node, function(node, parDo));
            } else {
              throw new IllegalStateException("no model of " + node);
            }
          }
        });
    return graph;
  }

  private static Step.Function function(
      TransformHierarchy.Node node, ParDo.MultiOutput<?, ?> parDo) {
    Coder<?> input = inputOf(node).getCoder();
    DoFnSignature signature = DoFnSignatures.signatureForDoFn(parDo.getFn());
    boolean isKeyed = signature.usesState() || signature.usesTimers();
    Map<TupleTag<?>, Coder<?>> coders = new HashMap<>();
    node.getOutputs().forEach((tag, collection) -> coders.put(tag, collection.getCoder()));
    return new Step.Function(
        Packed.of(parDo.getFn()),
        parDo.getMainOutputTag(),
        parDo.getAdditionalOutputTags(),
        input,
        isKeyed ? ((KvCoder<?, ?>) input).getKeyCoder() : null,
        coders);
  }

  private static PCollection<?> inputOf(TransformHierarchy.Node node) {
    return node.getInputs().values().iterator().next();
  }

  private List<Output> outputsOf(PCollection<?> collection) {
    return Objects.requireNonNull(outputs.get(collection), collection.toString());
  }

  private void add(TransformHierarchy.Node node, Step.@Nullable Function function) {
    Step step = new Step(steps.size(), node.getFullName(), function);
    steps.add(step);
    for (PCollection<?> input : node.getInputs().values()) {
      for (Output output : outputsOf(input)) {
        Step.Edge edge =
            new Step.Edge(output.step, output.tag, input.getCoder(), step, step.isKeyed());
        output.step.outputs.add(edge);
        step.inputs.add(edge);
      }
    }
    node.getOutputs().forEach((tag, of) -> outputs.put(of, List.of(new Output(step, tag))));
  }

  /** The steps, each behind those that it reads of. */
  List<Step> steps() {
    return steps;
  }

  TopicSource source() {
    return Objects.requireNonNull(source);
  }
}
