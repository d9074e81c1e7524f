package dev.lockstep.training.train;

import dev.lockstep.training.evaluate.Calibration;
import dev.lockstep.training.evaluate.Estimate;
import dev.lockstep.training.evaluate.ScoreReport;
import dev.lockstep.training.evaluate.Tenth;
import dev.lockstep.training.evaluate.Uncertainty;
import dev.lockstep.training.report.Axis;
import dev.lockstep.training.report.Block;
import dev.lockstep.training.report.Chart;
import dev.lockstep.training.report.Notice;
import dev.lockstep.training.report.Numbers;
import dev.lockstep.training.report.Section;
import dev.lockstep.training.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What scores mean: calibration, and where in their order the 1s are. */
final class EvaluationCharts {
  static final String HOW_DRAWN =
      "95 % intervals: whole days, and whole entities, are drawn anew 1 000 times, since rows of"
          + " one day or one entity are alike; the wider counts.";

  private EvaluationCharts() {}

  static Section scores(ScoreReport test) {
    List<Tenth> tenths = test.tenths();
    List<String> names = tenths.stream().map(t -> Integer.toString(t.number())).toList();
    Table table = Table.of("tenth", "rows", "of label 1", "share", "lift", "gain");
    for (Tenth t : tenths) {
      table =
          table.row(
              Integer.toString(t.number()),
              Numbers.count(t.rows()),
              Numbers.fixed(t.positives(), 0),
              Numbers.percent(t.rate()),
              Numbers.fixed(t.lift(), 2),
              Numbers.percent(t.gain()));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.grid(
            List.of(
                calibration(test.calibration()),
                Chart.bars("Share of all 1s in each tenth of the rows and above", names)
                    .withX(Axis.of("tenth, 1 has the highest scores"))
                    .withY(Axis.share("share of all 1s"))
                    .with("gain", EvaluationPage.values(tenths, Tenth::gain)))));
    blocks.add(Block.details("Calibration by bins of scores", List.of(bins(test.calibration()))));
    blocks.add(Block.details("Lift and gain of each tenth", List.of(table)));
    Uncertainty u = test.uncertainty();
    if (u == null) {
      blocks.add(Block.note("The rows are too few to tell how sure the figures are."));
    } else {
      blocks.add(
          Block.details("How sure the figures are", List.of(sure(u), Block.note(HOW_DRAWN))));
      u.notes().forEach(n -> blocks.add(new Notice(Notice.Weight.REMARK, "Intervals", n)));
    }
    return Section.of("What scores mean").and(blocks);
  }

  private static Table sure(Uncertainty u) {
    Table table =
        Table.of("figure", "value", "95 % interval", "widest by")
            .row(line("AUC", u.auc()))
            .row(line("average precision", u.averagePrecision()))
            .row(line("log loss", u.logLoss()))
            .row(
                "mean score less the share of 1s, 0 is best",
                EvaluationPage.signed(u.offset().value()),
                u.offset().signedInterval(4),
                u.offset().by());
    Estimate slope = u.slope();
    return slope == null ? table : table.row(line("calibration slope, 1 is best", slope));
  }

  private static String[] line(String what, Estimate e) {
    return new String[] {what, EvaluationPage.fixed(e.value()), e.interval(4), e.by()};
  }

  private static Table bins(Calibration calibration) {
    Table table =
        Table.of("scores from", "to", "rows", "predicted", "came", "95 % from", "to", "within");
    for (Calibration.Bin b : calibration.bins()) {
      table =
          table.row(
              EvaluationPage.fixed(b.from()),
              EvaluationPage.fixed(b.to()),
              Numbers.count(b.rows()),
              Numbers.percent(b.meanScore()),
              Numbers.percent(b.rate()),
              Numbers.percent(b.low()),
              Numbers.percent(b.high()),
              b.isWithin() ? "yes" : "no");
    }
    return table;
  }

  private static Chart calibration(Calibration calibration) {
    double[] predicted = values(calibration, Calibration.Bin::meanScore);
    return Chart.curves("Calibration: what came, by what was predicted")
        .withX(Axis.share("mean score"))
        .withY(Axis.share("share of label 1"))
        .with("model", predicted, values(calibration, Calibration.Bin::rate))
        .withReference("95 % from", predicted, values(calibration, Calibration.Bin::low))
        .withReference("95 % to", predicted, values(calibration, Calibration.Bin::high))
        .withReference("perfect", new double[] {0, 1}, new double[] {0, 1})
        .withNote("Bins of equally many rows. The intervals take rows as independent (Wilson's).");
  }

  private static double[] values(Calibration calibration, ToDoubleFunction<Calibration.Bin> value) {
    return EvaluationPage.values(calibration.bins(), value);
  }
}
