package dev.lockstep.training.profile.page;

import dev.lockstep.time.Micros;
import dev.lockstep.training.profile.LabelKind;
import dev.lockstep.training.report.Axis;
import dev.lockstep.training.report.Numbers;
import dev.lockstep.value.ValueType;
import java.util.stream.DoubleStream;

/** Values and scores as this page writes them. */
final class Shown {
  private Shown() {}

  /** A value of a column of this type, as {@code Moments} and quantiles hold it. */
  static String value(ValueType type, double value) {
    if (Double.isNaN(value)) {
      return Numbers.NONE;
    }
    return type == ValueType.INSTANT
        ? Numbers.time(Micros.toInstant((long) value))
        : Numbers.of(value);
  }

  /** A spread: of instants in days. */
  static String spread(ValueType type, double value) {
    return type == ValueType.INSTANT && !Double.isNaN(value)
        ? Numbers.of(value / (86_400.0 * Micros.PER_SECOND)) + " days"
        : Numbers.of(value);
  }

  /** A score whichever way it points: an AUC of one half or more, a correlation of zero or more. */
  static double size(LabelKind kind, double score) {
    return kind == LabelKind.BINARY ? Math.max(score, 1 - score) : Math.abs(score);
  }

  /** A label's mean: the rate of 1, or a number. */
  static String labelMean(LabelKind kind, double mean) {
    return kind == LabelKind.BINARY ? Numbers.percent(mean) : Numbers.of(mean);
  }

  /** An axis for scores, from knowing nothing to a tenth beyond the greatest. */
  static Axis scores(LabelKind kind, DoubleStream sizes) {
    double greatest = sizes.filter(s -> !Double.isNaN(s)).max().orElse(0);
    double to = Math.min(1, Math.ceil(greatest * 10 + 0.5) / 10);
    return kind == LabelKind.BINARY
        ? Axis.of("AUC (0.5 is chance)").between(0.5, Math.max(0.6, to))
        : Axis.of("size of the correlation").between(0, Math.max(0.1, to));
  }
}
