package dev.lockstep.testing;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.first;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.populationStddev;
import static dev.lockstep.define.Aggregations.populationVariance;
import static dev.lockstep.define.Aggregations.previous;
import static dev.lockstep.define.Aggregations.rate;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Aggregations.variance;

import dev.lockstep.define.Aggregate;
import dev.lockstep.define.Column;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import java.util.List;
import java.util.SplittableRandom;

/** One random instance of each of the basic aggregations. */
public final class RandomBasics {
  private RandomBasics() {}

  public static List<Aggregate<Swipe>> all(SplittableRandom random) {
    return List.of(
        count(),
        rate(),
        sum(number(random)),
        avg(number(random)),
        variance(number(random)),
        populationVariance(number(random)),
        stddev(number(random)),
        populationStddev(number(random)),
        min(ordered(random)),
        max(ordered(random)),
        distinct(any(random)),
        first(any(random)),
        last(any(random)),
        previous(any(random)));
  }

  /** A random column of numbers. */
  public static Column<Swipe, ? extends Number> number(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> Swipe::amount;
      case 1 -> Swipe::tip;
      case 2 -> Swipe::points;
      case 3 -> Swipe::items;
      case 4 -> Swipe::fee;
      default -> Swipe::merchant;
    };
  }

  /** A random column of numbers or instants. */
  public static Column<Swipe, ?> ordered(SplittableRandom random) {
    return random.nextInt(4) == 0 ? Swipe::known : number(random);
  }

  /** A random column of any type. */
  public static Column<Swipe, ?> any(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> Swipe::note;
      case 1 -> Swipe::online;
      case 2 -> Swipe::channel;
      case 3 -> random.nextBoolean() ? Swipe::device : Swipe::day;
      case 4 -> Swipe::asked;
      default -> ordered(random);
    };
  }
}
