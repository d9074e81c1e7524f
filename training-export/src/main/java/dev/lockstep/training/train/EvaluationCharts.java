package dev.lockstep.training.train;

import dev.lockstep.training.evaluate.Calibration;
import dev.lockstep.training.evaluate.ScoreReport;
import dev.lockstep.training.evaluate.Tenth;
import dev.lockstep.training.report.Axis;
import dev.lockstep.training.report.Block;
import dev.lockstep.training.report.Chart;
import dev.lockstep.training.report.Numbers;
import dev.lockstep.training.report.Section;
import dev.lockstep.training.report.Table;
import java.util.List;

/** What scores mean: calibration, and where in their order the 1s are. */
final class EvaluationCharts {
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
    return Section.of(
        "What scores mean",
        Block.grid(
            List.of(
                calibration(test.calibration()),
                Chart.bars("Share of all 1s in each tenth of the rows and above", names)
                    .withX(Axis.of("tenth, 1 has the highest scores"))
                    .withY(Axis.share("share of all 1s"))
                    .with("gain", EvaluationPage.values(tenths, Tenth::gain)))),
        Block.details("Lift and gain of each tenth", List.of(table)));
  }

  private static Chart calibration(Calibration calibration) {
    return Chart.curves("Calibration: what came, by what was predicted")
        .withX(Axis.share("mean score"))
        .withY(Axis.share("share of label 1"))
        .with(
            "model",
            EvaluationPage.values(calibration.bins(), Calibration.Bin::meanScore),
            EvaluationPage.values(calibration.bins(), Calibration.Bin::rate))
        .withReference("perfect", new double[] {0, 1}, new double[] {0, 1});
  }
}
