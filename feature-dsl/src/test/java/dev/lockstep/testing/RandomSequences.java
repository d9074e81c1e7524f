package dev.lockstep.testing;

import static dev.lockstep.define.Aggregations.argMax;
import static dev.lockstep.define.Aggregations.argMin;
import static dev.lockstep.define.Aggregations.bottomK;
import static dev.lockstep.define.Aggregations.change;
import static dev.lockstep.define.Aggregations.distanceTravelled;
import static dev.lockstep.define.Aggregations.entropy;
import static dev.lockstep.define.Aggregations.firstK;
import static dev.lockstep.define.Aggregations.gapMean;
import static dev.lockstep.define.Aggregations.gapStddev;
import static dev.lockstep.define.Aggregations.histogram;
import static dev.lockstep.define.Aggregations.lastK;
import static dev.lockstep.define.Aggregations.lastKDistinct;
import static dev.lockstep.define.Aggregations.mode;
import static dev.lockstep.define.Aggregations.sinceFirst;
import static dev.lockstep.define.Aggregations.sinceLast;
import static dev.lockstep.define.Aggregations.speed;
import static dev.lockstep.define.Aggregations.streak;
import static dev.lockstep.define.Aggregations.topFrequent;
import static dev.lockstep.define.Aggregations.topK;
import static dev.lockstep.define.Aggregations.topShare;
import static dev.lockstep.define.Aggregations.topSpeed;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Cost;
import dev.lockstep.aggregate.Listing;
import dev.lockstep.define.Aggregate;
import dev.lockstep.define.Column;
import dev.lockstep.define.Window;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import dev.lockstep.time.WindowBounds;
import java.util.List;
import java.util.SplittableRandom;

/** Random aggregations of order, categories, times and steps. */
public final class RandomSequences {
  /** On earth, mostly; a swipe's own fields mostly aren't. */
  private static final Column<Swipe, Double> LATITUDE =
      Column.computed("latitude", 1, Double.class, s -> s.amount() % 91);

  private static final Column<Swipe, Double> LONGITUDE =
      Column.computed("longitude", 1, Double.class, s -> s.tip() == null ? null : s.tip() % 181);

  private static final Column<Swipe, Long> QUADRANT =
      Column.computed("quadrant", 1, Long.class, s -> s.points() == null ? null : s.points() % 91);

  private static final Column<Swipe, Boolean> SMALL =
      Column.computed("small", 1, Boolean.class, s -> s.amount() < 500);

  private RandomSequences() {}

  /** One of each kind over random columns. */
  public static List<Aggregate<Swipe>> all(SplittableRandom random) {
    int k = 1 + random.nextInt(4);
    return List.of(
        firstK(any(random), k),
        lastK(any(random), k),
        lastKDistinct(any(random), k),
        topK(ordered(random), k),
        bottomK(ordered(random), k),
        argMin(any(random), ordered(random)),
        argMax(any(random), ordered(random)),
        mode(any(random)),
        topFrequent(any(random), k),
        histogram(any(random)),
        entropy(any(random)),
        topShare(any(random)),
        sinceLast(),
        sinceFirst(),
        gapMean(),
        gapStddev(),
        change(number(random)),
        streak(random.nextBoolean() ? Swipe::online : SMALL),
        distanceTravelled(latitude(random), longitude(random)),
        speed(latitude(random), longitude(random)),
        topSpeed(latitude(random), longitude(random)));
  }

  /** Whether a plan takes it over the window. */
  public static boolean fits(Aggregate<?> aggregate, Window window) {
    Aggregation aggregation = aggregate.aggregation();
    boolean isMap = aggregate.category() != null && aggregate.category().values().isEmpty();
    boolean readsWindow =
        isMap
            || aggregation.cost() == Cost.WINDOW
            || (aggregation instanceof Listing list
                && aggregate.inColumns()
                && list.element(list.size()).cost() == Cost.WINDOW);
    if (window instanceof Window.Lifetime) {
      return !readsWindow;
    }
    return !(window instanceof Window.LastEvents last)
        || aggregation.rejection(new WindowBounds.NewestEvents(last.n())).isEmpty();
  }

  private static Column<Swipe, ?> any(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> Swipe::note;
      case 1 -> Swipe::online;
      case 2 -> QUADRANT;
      default -> ordered(random);
    };
  }

  private static Column<Swipe, ?> ordered(SplittableRandom random) {
    return random.nextInt(4) == 0 ? Swipe::known : number(random);
  }

  private static Column<Swipe, ? extends Number> number(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> Swipe::amount;
      case 1 -> Swipe::tip;
      case 2 -> Swipe::points;
      case 3 -> Swipe::fee;
      default -> Swipe::items;
    };
  }

  private static Column<Swipe, ? extends Number> latitude(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> Swipe::amount;
      case 1 -> QUADRANT;
      case 2 -> Swipe::fee;
      default -> LATITUDE;
    };
  }

  private static Column<Swipe, ? extends Number> longitude(SplittableRandom random) {
    return random.nextInt(4) == 0 ? Swipe::items : LONGITUDE;
  }
}
