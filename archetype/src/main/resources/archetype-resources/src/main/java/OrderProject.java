package ${package};

import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the command line runs: the features, where their history is, and what a score is for. */
public final class OrderProject implements Project {
  /** Yours instead: any Parquet files whose columns are called as the records' components. */
  private static final Path DATA = Path.of("sample-data");

  private static final Instant TRAIN_UNTIL = Instant.parse("2026-03-20T00:00:00Z");
  private static final Instant END = Instant.parse("2026-04-11T00:00:00Z");

  @Override
  public String name() {
    return "${artifactId}";
  }

  @Override
  public String description() {
    return "Will this order come back?";
  }

  @Override
  public FeatureSet<?> featureSet() {
    return OrderFeatures.SET;
  }

  @Override
  public Label<?> label() {
    return OrderFeatures.RETURNED;
  }

  @Override
  public String action() {
    return "call_customer";
  }

  @Override
  public History history(Path directory) {
    return new History(
        Map.of(
            "orders", List.of(DATA.resolve("orders.parquet")),
            "returns", List.of(DATA.resolve("returns.parquet"))),
        TRAIN_UNTIL,
        TRAIN_UNTIL,
        END);
  }
}
