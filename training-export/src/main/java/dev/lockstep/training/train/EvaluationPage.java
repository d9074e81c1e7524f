package dev.lockstep.training.train;

import dev.lockstep.training.evaluate.Comparison;
import dev.lockstep.training.evaluate.Confusion;
import dev.lockstep.training.evaluate.Estimate;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.training.evaluate.Period;
import dev.lockstep.training.evaluate.ScoreReport;
import dev.lockstep.training.evaluate.Uncertainty;
import dev.lockstep.training.evaluate.Verdict;
import dev.lockstep.training.report.Axis;
import dev.lockstep.training.report.Block;
import dev.lockstep.training.report.Chart;
import dev.lockstep.training.report.Facts;
import dev.lockstep.training.report.HtmlPage;
import dev.lockstep.training.report.Notice;
import dev.lockstep.training.report.Numbers;
import dev.lockstep.training.report.Section;
import dev.lockstep.training.report.Table;
import dev.lockstep.wire.ModelManifest;
import dev.lockstep.wire.ScoreCalibration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A model's evaluation as a page for people. */
final class EvaluationPage {
  /** The page's file in a model's folder. */
  static final String FILE = "evaluation.html";

  private static final int FEATURES_DRAWN = 20;

  private final ModelManifest manifest;
  private final TrainingReport training;
  private final ScoreReport test;
  private final EvaluationReport report;

  private EvaluationPage(ModelManifest manifest, EvaluationReport report) {
    this.manifest = manifest;
    this.training = report.training();
    this.test = report.test();
    this.report = report;
  }

  static HtmlPage of(ModelManifest manifest, EvaluationReport report) {
    return new EvaluationPage(manifest, report).page();
  }

  private HtmlPage page() {
    HtmlPage page =
        HtmlPage.titled(
                "Model " + manifest.name() + " " + manifest.version(),
                "predicts " + manifest.label() + " from " + manifest.featureSet())
            .lead(facts())
            .lead(
                Block.note(
                    "All figures are of the test part: rows from "
                        + Numbers.time(training.testFrom())
                        + " on, which had no say in the trees, their number or the threshold."));
    Comparison comparison = report.comparison();
    if (comparison != null) {
      page = page.with(comparison(comparison));
    }
    return page.with(curves())
        .with(EvaluationCharts.scores(test))
        .with(threshold())
        .with(features())
        .with(periods())
        .with(training());
  }

  private Facts facts() {
    Evaluation q = test.quality();
    return Facts.none()
        .and("AUC", fixed(q.auc()), within(Uncertainty::auc) + "0.5 is chance, 1 is perfect")
        .and(
            "average precision",
            fixed(test.curves().averagePrecision()),
            within(Uncertainty::averagePrecision)
                + "chance is "
                + fixed((double) q.positives() / q.rows()))
        .and(
            "log loss",
            fixed(q.logLoss()),
            within(Uncertainty::logLoss) + "Brier " + fixed(test.brier()))
        .and(
            "calibration error",
            Numbers.percent(test.calibration().error()),
            "how far scores are from what came")
        .and("F1 at the threshold", fixed(q.f1()), "from " + fixed(q.threshold()) + " on")
        .and(
            "rows tested",
            Numbers.count(q.rows()),
            Numbers.percent((double) q.positives() / q.rows()) + " of label 1");
  }

  /** The interval of a figure, before another remark. */
  private String within(Function<Uncertainty, Estimate> figure) {
    Uncertainty u = test.uncertainty();
    return u == null ? "" : "95 %: " + figure.apply(u).interval(4) + "; ";
  }

  private Section comparison(Comparison comparison) {
    List<Block> blocks = new ArrayList<>();
    Comparison.Figures f = comparison.figures();
    if (f != null) {
      blocks.add(verdict(f.verdict()));
      blocks.add(figures(f));
      Uncertainty d = f.differences();
      if (d != null) {
        blocks.add(Block.note(EvaluationCharts.HOW_DRAWN + " Both models are drawn alike."));
      }
    }
    comparison.notes().forEach(n -> blocks.add(new Notice(Notice.Weight.WARNING, "Note", n)));
    return Section.of(
            "The previous model",
            Block.text("Beside " + comparison.other() + ", on the same rows."))
        .and(blocks);
  }

  private Table figures(Comparison.Figures f) {
    Evaluation own = test.quality();
    Uncertainty d = f.differences();
    Table table =
        Table.of("", "this model", "the previous", "difference", "95 % interval", "widest by")
            .row(line("AUC", own.auc(), f.others().auc(), d == null ? null : d.auc()))
            .row(
                line(
                    "average precision",
                    test.curves().averagePrecision(),
                    f.othersAveragePrecision(),
                    d == null ? null : d.averagePrecision()))
            .row(
                line(
                    "log loss",
                    own.logLoss(),
                    f.others().logLoss(),
                    d == null ? null : d.logLoss()))
            .row(
                line(
                    "calibration error",
                    test.calibration().error(),
                    f.othersCalibration().error(),
                    d == null ? null : d.calibrationError()));
    return table.row(
        "F1, each at its threshold", fixed(own.f1()), fixed(f.others().f1()), "", "", "");
  }

  private static Notice verdict(Verdict verdict) {
    Notice.Weight weight =
        switch (verdict.kind()) {
          case BETTER -> Notice.Weight.FINE;
          case WORSE -> Notice.Weight.SERIOUS;
          case MIXED -> Notice.Weight.WARNING;
          case UNCLEAR -> Notice.Weight.REMARK;
        };
    return new Notice(weight, verdict.title(), verdict.text());
  }

  private static String[] line(String what, double own, double others, @Nullable Estimate d) {
    return new String[] {
      what,
      fixed(own),
      fixed(others),
      d == null ? "" : signed(d.value()),
      d == null ? "" : d.signedInterval(4),
      d == null ? "" : d.by()
    };
  }

  private Section curves() {
    double rate = (double) test.quality().positives() / test.quality().rows();
    return Section.of(
        "Telling labels apart",
        Block.grid(
            List.of(
                Chart.curves("ROC: of the 1s found, at how many false alarms")
                    .withX(Axis.share("false positive rate"))
                    .withY(Axis.share("true positive rate"))
                    .with(
                        "model",
                        values(test.curves().roc(), p -> p.x()),
                        values(test.curves().roc(), p -> p.y()))
                    .withReference("chance", new double[] {0, 1}, new double[] {0, 1}),
                Chart.curves("Precision over recall")
                    .withX(Axis.share("recall"))
                    .withY(Axis.share("precision"))
                    .with(
                        "model",
                        values(test.curves().precisionRecall(), p -> p.x()),
                        values(test.curves().precisionRecall(), p -> p.y()))
                    .withReference("chance", new double[] {0, 1}, new double[] {rate, rate}))));
  }

  private Section threshold() {
    Confusion c = test.confusion();
    Evaluation q = test.quality();
    return Section.of(
        "At the threshold",
        Block.text(
            "Scores from "
                + fixed(q.threshold())
                + " on count as 1: there F1 was greatest in the validation part. Precision "
                + Numbers.percent(q.precision())
                + ", recall "
                + Numbers.percent(q.recall())
                + ", F1 "
                + fixed(q.f1())
                + "."),
        Table.of("", "came 1", "came 0")
            .row("predicted 1", Numbers.count(c.truePositives()), Numbers.count(c.falsePositives()))
            .row(
                "predicted 0",
                Numbers.count(c.falseNegatives()),
                Numbers.count(c.trueNegatives())));
  }

  private Section features() {
    List<FeatureImportance> all = training.importances();
    if (all.isEmpty()) {
      return Section.of("Features", Block.text("No feature is read: none tells rows apart."));
    }
    List<FeatureImportance> drawn = all.subList(0, Math.min(FEATURES_DRAWN, all.size()));
    Table table = Table.of("feature", "gain", "cover", "frequency");
    for (FeatureImportance i : all) {
      table =
          table.row(
              i.name(),
              Numbers.percent(i.gain()),
              Numbers.percent(i.cover()),
              Numbers.percent(i.frequency()));
    }
    return Section.of(
        "Features",
        Chart.horizontalBars(
                "Share of gain"
                    + (drawn.size() < all.size() ? ", the greatest " + FEATURES_DRAWN : ""),
                drawn.stream().map(FeatureImportance::name).toList())
            .withY(Axis.percent("share of gain"))
            .with("gain", values(drawn, FeatureImportance::gain)),
        Block.details("All features by gain, cover and frequency", List.of(table)));
  }

  private Section periods() {
    List<Period> periods = test.periods();
    Duration range = Duration.between(periods.get(0).from(), training.until());
    List<String> names = periods.stream().map(p -> Numbers.time(p.from(), range)).toList();
    return Section.of(
        "Over time",
        Chart.lines("AUC by period of the test part", names)
            .withY(Axis.of("AUC"))
            .with("AUC", values(periods, p -> orNaN(p.auc()))),
        Chart.lines("What was predicted, and what came", names)
            .withY(Axis.percent("share of label 1"))
            .with("predicted", values(periods, Period::meanScore))
            .with("came", values(periods, Period::rate)),
        Block.details("Rows and log loss by period", List.of(periodTable(periods, names))));
  }

  private static Table periodTable(List<Period> periods, List<String> names) {
    Table table = Table.of("from", "rows", "of label 1", "AUC", "log loss");
    for (int i = 0; i < periods.size(); i++) {
      Period p = periods.get(i);
      table =
          table.row(
              names.get(i),
              Numbers.count(p.rows()),
              Numbers.count(p.positives()),
              fixed(orNaN(p.auc())),
              fixed(p.logLoss()));
    }
    return table;
  }

  private Section training() {
    Table options = Table.ofText("option", "value");
    for (var option : training.options().entrySet()) {
      options = options.row(option.getKey(), option.getValue());
    }
    return Section.of(
        "How it was made",
        Table.of("part", "rows", "from")
            .row("training", Numbers.count(training.trainingRows()), Numbers.time(training.from()))
            .row(
                "validation",
                Numbers.count(training.validationRows()),
                Numbers.time(training.validationFrom()))
            .row("test", Numbers.count(training.testRows()), Numbers.time(training.testFrom()))
            .row("no label", Numbers.count(training.unlabelledRows()), "")
            .row(
                "label known too late to train, or to validate",
                Numbers.count(
                    training.lateLabels().trainingRows() + training.lateLabels().validationRows()),
                ""),
        Block.text(lateLabels()),
        Block.text(
            training.bestRound()
                + " trees, the best of "
                + training.rounds()
                + (training.isRefit() ? ", grown again from both parts before the test." : ".")
                + (training.alwaysNull().isEmpty()
                    ? ""
                    : " Null in every row: " + String.join(", ", training.alwaysNull()) + ".")),
        Block.text(calibrated()),
        Block.details("Options", List.of(options)),
        Block.note("Fingerprint of the features' definition: " + manifest.fingerprint()));
  }

  private String lateLabels() {
    String summary = training.lateLabels().summary();
    return summary.isEmpty()
        ? "Labels are known with their requests."
        : Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }

  private String calibrated() {
    ScoreCalibration calibration = training.calibration();
    return calibration == null
        ? "Scores are XGBoost's own."
        : "Rows of label 1 count otherwise than those of label 0, which moves scores: they are"
            + " calibrated on the validation part, slope "
            + fixed(calibration.slope())
            + ", intercept "
            + fixed(calibration.intercept())
            + ".";
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  static <T> double[] values(List<T> items, ToDoubleFunction<T> value) {
    return items.stream().mapToDouble(value).toArray();
  }

  static String fixed(double value) {
    return Numbers.fixed(value, 4);
  }

  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }
}
