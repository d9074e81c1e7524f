package dev.lockstep.examples.fraud;

import dev.lockstep.time.Micros;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A month of card swipes in a town, made up: honest habits, and thieves who empty stolen cards
 * within minutes at merchants the card was never at. The same seed gives the same month.
 *
 * <p>A thief's amounts are much like anyone's, so that a single swipe says little; what gives fraud
 * away is what the card and the merchant did in the hours before.
 */
final class FraudSimulation {
  /** What the simulation gives, each sorted by when it became available. */
  record Month(List<Swipe> swipes, List<Account> accounts, List<Settlement> settlements) {}

  private record Draft(
      long atMicros, Town.Holder holder, int merchant, double amount, boolean fraud) {}

  private static final long SECOND = Micros.PER_SECOND;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final double YOUNG_YEARS = 1;

  private final Draws draws;
  private final int days;
  private final Town town;
  private final double[] victims = new double[Town.CARDS];
  private final List<Draft> drafts = new ArrayList<>();

  private FraudSimulation(long seed, int days) {
    this.draws = new Draws(seed);
    this.days = days;
    this.town = new Town(draws);
    double total = 0;
    for (int i = 0; i < Town.CARDS; i++) {
      total +=
          town.holders.get(i).ageYears() < YOUNG_YEARS ? 4 : 1; // young accounts are taken over
      victims[i] = total;
    }
  }

  /**
   * The first days of the month of a seed.
   *
   * @param days from 1 to {@link Town#DAYS}
   */
  static Month run(long seed, int days) {
    FraudSimulation simulation = new FraudSimulation(seed, days);
    simulation.habits();
    simulation.thefts();
    return simulation.deliver();
  }

  private void habits() {
    for (Town.Holder holder : town.holders) {
      for (int day = holder.firstDay(); day < days; day++) {
        int swipes = draws.poisson(holder.swipesPerDay());
        for (int i = 0; i < swipes; i++) {
          long at = Town.day(day) + timeOfDay();
          honest(holder, at, draws.chance(0.8));
          if (draws.chance(0.03)) {
            spree(holder, at);
          }
        }
      }
    }
  }

  /** Several shops within the hour, as honest people do, too. */
  private void spree(Town.Holder holder, long begin) {
    long at = begin;
    for (int left = draws.integer(2, 5); left > 0; left--) {
      at += 1 * MINUTE + (long) draws.exponential(8 * MINUTE);
      honest(holder, at, draws.chance(0.3));
    }
  }

  private void honest(Town.Holder holder, long at, boolean atFavourite) {
    int merchant =
        atFavourite
            ? holder.favourites().get(draws.integer(0, holder.favourites().size() - 1))
            : town.anyMerchant();
    double typical = town.merchants.get(merchant).medianAmount() * holder.spending();
    boolean small = draws.chance(0.04);
    add(at, holder, merchant, small ? draws.uniform(1, 6) : draws.logNormal(typical, 0.45), false);
  }

  /** Around noon and the early evening, seldom at night. */
  private long timeOfDay() {
    double hour = draws.chance(0.45) ? 12.5 + 2 * draws.normal() : 18 + 2.5 * draws.normal();
    long micros = (long) (hour * HOUR);
    return Math.floorMod(micros, Town.DAY_MICROS);
  }

  private void thefts() {
    for (int day = 0; day < days; day++) {
      for (int gangs = draws.poisson(2); gangs > 0; gangs--) {
        int accomplice = draws.integer(Town.MERCHANTS / 4, Town.MERCHANTS - 1);
        long begin = Town.day(day) + thiefsTime();
        for (int cards = draws.integer(4, 8); cards > 0; cards--) {
          burst(begin + (long) draws.uniform(0, 3 * HOUR), accomplice, 0.6);
        }
      }
      for (int alone = draws.poisson(4); alone > 0; alone--) {
        burst(Town.day(day) + thiefsTime(), 0, 0);
      }
      for (int disowned = draws.poisson(5); disowned > 0; disowned--) {
        Town.Holder holder = victim();
        add(
            Town.day(day) + timeOfDay(),
            holder,
            town.anyMerchant(),
            draws.logNormal(40, 0.8),
            true);
      }
    }
  }

  /** As others by day, so as not to stand out, with some nights. */
  private long thiefsTime() {
    return draws.chance(0.7) ? timeOfDay() : (long) draws.uniform(0, Town.DAY_MICROS);
  }

  private Town.Holder victim() {
    return town.holders.get(draws.index(victims));
  }

  /** A stolen card: perhaps a small swipe to try it, then as much as it gives. */
  private void burst(long begin, int accomplice, double atAccomplice) {
    Town.Holder holder = victim();
    long at = begin;
    if (draws.chance(0.3)) {
      add(at, holder, town.anyMerchant(), draws.uniform(1, 4), true);
      at += (long) draws.exponential(3 * MINUTE);
    }
    for (int left = draws.integer(2, 9); left > 0; left--) {
      int merchant = draws.chance(atAccomplice) ? accomplice : town.anyMerchant();
      double typical = 1.6 * town.merchants.get(merchant).medianAmount();
      add(at, holder, merchant, draws.logNormal(typical, 0.6), true);
      at += 10 * SECOND + (long) draws.exponential(3 * MINUTE);
    }
  }

  private void add(long at, Town.Holder holder, int merchant, double amount, boolean fraud) {
    if (at >= Town.day(holder.firstDay()) && at < Town.day(days)) {
      drafts.add(new Draft(at, holder, merchant, amount, fraud));
    }
  }

  /** Numbers the swipes as they happened, delivers them, and settles them days later. */
  private Month deliver() {
    drafts.sort(Comparator.comparingLong(Draft::atMicros)); // stable: ties stay as they were drawn
    List<Swipe> swipes = new ArrayList<>();
    List<Settlement> settlements = new ArrayList<>();
    for (Draft draft : drafts) {
      long sequence = settlements.size() + 1L;
      String id = String.format(Locale.ROOT, "s%06d", sequence);
      long received = draft.atMicros() + delay();
      swipes.add(swipe(id, sequence, draft, received));
      if (draws.chance(0.002)) { // delivered twice
        swipes.add(swipe(id, sequence, draft, received + (long) draws.uniform(SECOND, 2 * MINUTE)));
      }
      long settled =
          draft.atMicros()
              + (long) draws.uniform(2 * Town.DAY_MICROS, 4 * Town.DAY_MICROS)
              + delay();
      settlements.add(new Settlement(id, Micros.toInstant(settled), draft.fraud()));
    }
    swipes.sort(Comparator.comparing(Swipe::receivedAt).thenComparingLong(Swipe::sequence));
    settlements.sort(Comparator.comparing(Settlement::at).thenComparing(Settlement::swipe));
    List<Account> accounts = new ArrayList<>(town.accounts());
    accounts.sort(Comparator.comparing(Account::availableAt).thenComparing(Account::card));
    return new Month(swipes, accounts, settlements);
  }

  private Swipe swipe(String id, long sequence, Draft draft, long received) {
    return new Swipe(
        id,
        sequence,
        draft.holder().card(),
        town.merchants.get(draft.merchant()).name(),
        Math.max(1, Math.round(draft.amount() * 100)) / 100.0,
        Micros.toInstant(draft.atMicros()),
        Micros.toInstant(received));
  }

  /** On its way for a moment; sometimes for minutes, seldom for hours. */
  private long delay() {
    double kind = draws.uniform();
    if (kind < 0.001) {
      return (long) draws.uniform(HOUR, 5 * HOUR);
    }
    if (kind < 0.005) {
      return (long) draws.uniform(MINUTE, 30 * MINUTE);
    }
    return Math.min(2 * SECOND, 20_000 + (long) draws.exponential(0.3 * SECOND));
  }
}
