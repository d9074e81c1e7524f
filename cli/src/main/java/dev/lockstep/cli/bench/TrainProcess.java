package dev.lockstep.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.cli.process.ParentWatch;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingSet;
import dev.lockstep.training.train.ModelFolder;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.training.train.Trainer;
import dev.lockstep.training.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Main class of the process behind {@code ./lockstep bench train}: {@code SET MODEL COLUMNS ROUNDS
 * [JSON]}. Reads the set, trains, and writes the model, as {@code train} does; prints what that
 * took. Exit code 1 if it fails.
 */
public final class TrainProcess {
  private static final int FAILED = 1;
  private static final double MB = 1e6;

  private TrainProcess() {}

  private record Took(long rows, double readSeconds, double trainSeconds, double auc) {}

  /** Trains; see the class. */
  public static void main(String[] arguments) throws IOException {
    ParentWatch.startIfChild();
    PeakMemory memory = PeakMemory.watch();
    try {
      Took took =
          train(
              Path.of(arguments[0]),
              Path.of(arguments[1]),
              DrawnPlan.of(Integer.parseInt(arguments[2])),
              TrainingOptions.of(Map.of("rounds", arguments[3])));
      double heap = memory.heapBytes() / MB;
      double most = Runtime.getRuntime().maxMemory() / MB;
      double resident = PeakMemory.residentBytes() / MB;
      System.out.printf(
          Locale.ROOT,
          "%,d rows of %s features: read in %.1f s, trained in %.1f s (AUC %.3f)%n"
              + "peak heap %,.0f MB of the %,.0f that the process may use, resident %,.0f MB%n",
          took.rows(),
          arguments[2],
          took.readSeconds(),
          took.trainSeconds(),
          took.auc(),
          heap,
          most,
          resident);
      if (arguments.length > 4) {
        ObjectNode json =
            new ObjectMapper()
                .createObjectNode()
                .put("rows", took.rows())
                .put("columns", Integer.parseInt(arguments[2]))
                .put("read_seconds", took.readSeconds())
                .put("train_seconds", took.trainSeconds())
                .put("peak_heap_mb", heap)
                .put("heap_limit_mb", most)
                .put("resident_mb", resident);
        Files.writeString(Path.of(arguments[4]), json.toPrettyString() + "\n");
      }
    } catch (TrainingException e) {
      System.err.println("lockstep: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  private static Took train(Path set, Path model, FeaturePlan plan, TrainingOptions options)
      throws IOException {
    long start = System.nanoTime();
    TrainingSet read = TrainingSet.load(set, plan);
    long loaded = System.nanoTime();
    List<String> names = plan.features().stream().map(FeatureColumn::name).toList();
    TrainedModel trained = new Trainer().withOptions(options).train(read.rows(), names);
    ModelFolder.write(model, "bench", plan, trained, false);
    long end = System.nanoTime();
    return new Took(
        read.rows().size(),
        (loaded - start) / 1e9,
        (end - loaded) / 1e9,
        trained.evaluation().test().quality().auc());
  }
}
