package dev.lockstep.benchmarks.load;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.of;
import static dev.lockstep.define.Aggregations.previous;
import static dev.lockstep.define.Aggregations.rate;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Expressions.field;

import dev.lockstep.benchmarks.plain.PlainAggregation;
import dev.lockstep.define.Aggregate;
import dev.lockstep.define.Column;
import dev.lockstep.define.Entity;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import java.time.Duration;
import java.util.List;

/** The views that are measured, planned. */
public final class Views {
  /** The windows of {@link #common}. */
  public static final List<Duration> COMMON_WINDOWS =
      List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(24));

  private Views() {}

  /** Ten features over each window of a scenario. */
  public static ViewPlan byScenario(Scenario scenario) {
    Scenario.Sums sums = scenario.sums();
    Column<Payment, ? extends Number> x = sums.isOfIntegers() ? Payment::cents : Payment::amount;
    FeatureView<Payment> view = begin();
    for (Duration length : scenario.windows()) {
      view = withTen(view, length, x, sums);
    }
    return plan(view);
  }

  /** Ten features of integers over one window. */
  public static ViewPlan ten(Duration length) {
    return plan(withTen(begin(), length, Payment::cents, Scenario.Sums.LONG));
  }

  private static FeatureView<Payment> withTen(
      FeatureView<Payment> view,
      Duration length,
      Column<Payment, ? extends Number> x,
      Scenario.Sums sums) {
    Window window = Window.last(length);
    String name = "_" + length.toMinutes();
    return view.feature("count" + name, count().over(window))
        .feature("sum" + name, sumOf(x, sums).over(window))
        .feature("avg" + name, meanOf(x, sums).over(window))
        .feature("min" + name, min(x).over(window))
        .feature("max" + name, max(x).over(window))
        .feature("stddev" + name, deviationOf(x, sums).over(window))
        .feature("distinct" + name, distinct(Payment::merchant).over(window))
        .feature("last" + name, last(x).over(window))
        .feature("previous" + name, previous(x).over(window))
        .feature("rate" + name, rate().over(window));
  }

  /** One feature over the payments of a window that are above an amount. */
  public static ViewPlan above(long cents, Aggregate<Payment> aggregate, Duration length) {
    return plan(
        begin()
            .feature(
                "above",
                aggregate
                    .where(field(Payment::cents).greaterThan(cents))
                    .over(Window.last(length))));
  }

  /** What every peer can do: count, sum, min, max and avg of integers, window by window. */
  public static ViewPlan common() {
    FeatureView<Payment> view = begin();
    for (Duration length : COMMON_WINDOWS) {
      Window window = Window.last(length);
      String name = "_" + length.toMinutes();
      view =
          view.feature("count" + name, count().over(window))
              .feature("sum" + name, sum(Payment::cents).over(window))
              .feature("min" + name, min(Payment::cents).over(window))
              .feature("max" + name, max(Payment::cents).over(window))
              .feature("avg" + name, avg(Payment::cents).over(window));
    }
    return plan(view);
  }

  /** Ten features as people have them, over 10 min to 24 h, amounts in doubles, shops as text. */
  public static ViewPlan usual() {
    Window tenMinutes = Window.last(Duration.ofMinutes(10));
    Window hour = Window.last(Duration.ofHours(1));
    Window day = Window.last(Duration.ofHours(24));
    return plan(
        begin()
            .feature("count_10m", count().over(tenMinutes))
            .feature("count_1h", count().over(hour))
            .feature("count_24h", count().over(day))
            .feature("sum_1h", sum(Payment::amount).over(hour))
            .feature("avg_24h", avg(Payment::amount).over(day))
            .feature("min_24h", min(Payment::amount).over(day))
            .feature("max_24h", max(Payment::amount).over(day))
            .feature("stddev_24h", stddev(Payment::amount).over(day))
            .feature("shops_24h", distinct(Payment::shop).over(day))
            .feature("last_24h", last(Payment::amount).over(day)));
  }

  private static FeatureView<Payment> begin() {
    return FeatureView.named("by_card")
        .over(Payment.SOURCE)
        .by(Entity.string("card"), Payment::card);
  }

  private static ViewPlan plan(FeatureView<Payment> view) {
    return FeaturePlan.of(FeatureSet.named("bench").forEach(Payment.SOURCE).with(view))
        .views()
        .get(0);
  }

  private static Aggregate<Payment> sumOf(Column<Payment, ? extends Number> x, Scenario.Sums sums) {
    return sums.isExact ? sum(x) : of(new PlainAggregation(PlainAggregation.Kind.SUM), x);
  }

  private static Aggregate<Payment> meanOf(
      Column<Payment, ? extends Number> x, Scenario.Sums sums) {
    return sums.isExact ? avg(x) : of(new PlainAggregation(PlainAggregation.Kind.MEAN), x);
  }

  private static Aggregate<Payment> deviationOf(
      Column<Payment, ? extends Number> x, Scenario.Sums sums) {
    return sums.isExact ? stddev(x) : of(new PlainAggregation(PlainAggregation.Kind.DEVIATION), x);
  }
}
