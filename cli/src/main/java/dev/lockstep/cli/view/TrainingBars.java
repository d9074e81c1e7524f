package dev.lockstep.cli.view;

import dev.lockstep.training.LoadProgress;
import dev.lockstep.training.train.TrainingProgress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A bar for each stage of a training: rows read, trees grown, grown again, judged. */
public final class TrainingBars implements LoadProgress, TrainingProgress, AutoCloseable {
  private final String name;
  private @Nullable ProgressLine bar;
  private String stage = "";

  /**
   * No bar yet.
   *
   * @param name what is trained, in front of the stage
   */
  public TrainingBars(String name) {
    this.name = name;
  }

  private ProgressLine bar(String wanted, long total, String unit) {
    ProgressLine current = bar;
    if (current == null || !stage.equals(wanted)) {
      close();
      current = new ProgressLine(name + wanted, total, unit);
      bar = current;
      stage = wanted;
    }
    return current;
  }

  @Override
  public void onRows(long read, long rows) {
    bar("reading", rows, "rows").reached(read);
  }

  @Override
  public void onRound(int round, int rounds, double validationAuc) {
    ProgressLine line = bar("growing", rounds, "trees");
    line.reached(round);
    line.say(String.format(Locale.ROOT, "AUC %.4f", validationAuc));
  }

  @Override
  public void onRefitRound(int round, int rounds) {
    bar("growing again", rounds, "trees").reached(round);
  }

  @Override
  public void onEvaluation() {
    begin("judging");
  }

  /** Shows a stage that can't be counted, until the next or the end. */
  public void begin(String wanted) {
    bar(wanted, -1, "");
  }

  /** Ends the bar that is shown. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
