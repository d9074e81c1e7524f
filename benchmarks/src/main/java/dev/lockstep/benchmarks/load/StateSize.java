package dev.lockstep.benchmarks.load;

import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The size of usual states: ten features over 10 min to 24 h of a card's payments, amounts in
 * doubles with cents, shops as text of ten characters; times in whole milliseconds, known up to 200
 * ms later; sequences as Kafka offsets of a partition of 100 events a second.
 *
 * @param bytesPerEvent by which stored bytes grow with each event held: the slope of the line
 *     through states of 10 to 160 events (least squares)
 * @param bytesPerEntity where that line begins: the bytes of an entity beside its events
 * @param heapBytesPerEvent what decoded states of 1 to 160 events take, for each event held
 */
public record StateSize(double bytesPerEvent, double bytesPerEntity, double heapBytesPerEvent) {
  private static final long SEED = 2;
  private static final long START_MILLIS = 1_767_225_600_000L; // 2026-01-01 UTC
  private static final int MEAN_GAP_MILLIS = 480_000;
  private static final int MOST_DELAY_MILLIS = 200;
  private static final int MEAN_OFFSETS = MEAN_GAP_MILLIS / 10;
  private static final int SHOPS = 1_000;
  private static final int MOST_EVENTS = 160;
  private static final int LEAST_EVENTS = 10;
  private static final int COLLECTIONS = 3;

  /**
   * Measures.
   *
   * @param entities how many for each number of events, 40 times as many for the heap
   */
  public static StateSize measure(int entities) {
    ViewPlan view = Views.usual();
    EntityStateCodec codec = new EntityStateCodec(view);
    SplittableRandom random = new SplittableRandom(SEED);
    Line line = new Line();
    for (int events = LEAST_EVENTS; events <= MOST_EVENTS; events *= 2) {
      for (int i = 0; i < entities; i++) {
        EntityState state = stateOf(view, events, random);
        line.add(state.size(), codec.toBytes(state).length);
      }
    }
    double slope = line.slope();
    return new StateSize(slope, line.intercept(slope), heapPerEvent(view, entities * 40, random));
  }

  private static EntityState stateOf(ViewPlan view, int events, SplittableRandom random) {
    HotEntity entity = new HotEntity(view);
    int amount = HotEntity.columnOf(view, "sum_1h");
    int shop = HotEntity.columnOf(view, "shops_24h");
    long millis = START_MILLIS + random.nextInt(86_400_000);
    long offset = random.nextInt(100_000_000);
    Values event = entity.event();
    for (int i = 0; i < events; i++) {
      millis += 1 + random.nextInt(2 * MEAN_GAP_MILLIS);
      offset += 1 + random.nextInt(2 * MEAN_OFFSETS);
      event.setDouble(amount, (1 + random.nextInt(20_000)) / 100.0);
      event.setString(shop, String.format(Locale.ROOT, "shop-%05d", random.nextInt(SHOPS)));
      long availableAt = (millis + random.nextInt(MOST_DELAY_MILLIS)) * 1_000;
      entity.answer(millis * 1_000, availableAt, offset);
    }
    return entity.state();
  }

  private static double heapPerEvent(ViewPlan view, int entities, SplittableRandom random) {
    List<EntityState> states = new ArrayList<>(entities);
    long before = usedHeap();
    long events = 0;
    for (int i = 0; i < entities; i++) {
      EntityState state = stateOf(view, 1 + random.nextInt(MOST_EVENTS), random);
      events += state.size();
      states.add(state);
    }
    long used = usedHeap() - before;
    Reference.reachabilityFence(states);
    return (double) used / events;
  }

  private static long usedHeap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** A line by least squares. */
  private static final class Line {
    private double n;
    private double sumX;
    private double sumY;
    private double sumXx;
    private double sumXy;

    void add(double x, double y) {
      n++;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }

    double slope() {
      return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
    }

    double intercept(double slope) {
      return (sumY - slope * sumX) / n;
    }
  }
}
