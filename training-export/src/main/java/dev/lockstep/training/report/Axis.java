package dev.lockstep.training.report;

/**
 * An axis of values.
 *
 * @param name what is measured, with its unit; may be empty
 * @param share whether its numbers are shares of one, shown as percentages
 * @param from its least value, NaN for what the data needs
 * @param to its greatest value, NaN for what the data needs
 */
public record Axis(String name, boolean share, double from, double to) {

  /** As far as the data goes. */
  public static Axis of(String name) {
    return new Axis(name, false, Double.NaN, Double.NaN);
  }

  /** From 0 to 100 %. */
  public static Axis share(String name) {
    return new Axis(name, true, 0, 1);
  }

  /** Percentages, as far as the data goes. */
  public static Axis percent(String name) {
    return new Axis(name, true, Double.NaN, Double.NaN);
  }

  /** The same between two values. */
  public Axis between(double least, double greatest) {
    return new Axis(name, share, least, greatest);
  }

  String written(double value) {
    return share ? Numbers.percent(value) : Numbers.of(value);
  }
}
