package dev.lockstep.benchmarks.load;

import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import java.util.SplittableRandom;

/** An endless sequence of one hot entity's events of one load, each taken in and asked about. */
public final class HotArrivals {
  private static final long DAY_MICROS = 86_400_000_000L;
  private static final long START_MICROS = 1_767_225_600_000_000L; // 2026-01-01 UTC
  private static final int MOST_A_DAY = 100_000;
  private static final int MERCHANTS = 1_000;
  private static final int MOST_CENTS = 100_000;
  private static final int MOST_JITTER_MICROS = 5_000_000;
  private static final int ONE_IN = 10_000;

  private final HotLoad load;
  private final HotEntity entity;
  private final SplittableRandom random;
  private final int aDay;
  private final int cents;
  private final int merchant;
  private final int filter;
  private long number;

  /**
   * @param fill 1 for 100 000 events a day, less for less
   */
  public HotArrivals(HotLoad load, double fill, long seed) {
    this.load = load;
    this.random = new SplittableRandom(seed);
    this.aDay = Math.max(1, (int) (fill * MOST_A_DAY));
    ViewPlan view = load.view();
    this.entity = new HotEntity(view);
    this.filter = view.features().get(0).filter();
    boolean hasTen = filter < 0;
    this.cents = hasTen ? inputOf(view, "sum") : -1;
    this.merchant = hasTen ? inputOf(view, "distinct") : -1;
  }

  private static int inputOf(ViewPlan view, String aggregation) {
    return view.features().stream()
        .filter(f -> f.name().startsWith(aggregation))
        .findFirst()
        .orElseThrow()
        .inputs()
        .get(0);
  }

  /** Takes in the events of the days that the windows reach back. */
  public void fill() {
    for (int i = 0; i < 3 * aDay; i++) {
      next();
    }
  }

  /** Takes in the next event and answers a request of its time. */
  public Values next() {
    Values event = entity.event();
    if (filter >= 0) {
      event.setBoolean(filter, random.nextInt(ONE_IN) == 0);
    } else {
      event.setLong(cents, 1 + random.nextInt(MOST_CENTS));
      event.setLong(merchant, random.nextInt(MERCHANTS));
    }
    long day = START_MICROS + number / aDay * DAY_MICROS;
    long time = day + number % aDay * (DAY_MICROS / aDay);
    number++;
    switch (load) {
      case TIES:
        return entity.answer(day, day, 0);
      case ASKED:
        entity.add(time, time, number);
        return entity.ask(time);
      case WAITING:
        entity.add(time, time + DAY_MICROS + random.nextInt(MOST_JITTER_MICROS), number);
        return entity.ask(time);
      default:
        return entity.answer(time, time, number);
    }
  }
}
