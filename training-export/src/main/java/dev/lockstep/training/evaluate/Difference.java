package dev.lockstep.training.evaluate;

/**
 * By how much a model's metric is above another's on the same rows, and how sure that is.
 *
 * @param value this model's less the other's
 * @param low the lower end of the 95 % interval, by paired bootstrap over the rows
 * @param high its upper end
 */
public record Difference(double value, double low, double high) {

  /** Whether 0 is outside the interval: chance alone hardly gives such a difference. */
  public boolean isSure() {
    return low > 0 || high < 0;
  }
}
