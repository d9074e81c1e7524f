package dev.lockstep.examples.fraud;

import dev.lockstep.time.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The merchants and card holders of the simulation, and the accounts behind the cards. */
final class Town {
  /** The first of the simulated days. */
  static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

  static final int DAYS = 30;
  static final int CARDS = 2_500;
  static final int MERCHANTS = 400;
  static final long DAY_MICROS = 86_400 * Micros.PER_SECOND;
  private static final long HOUR_MICROS = DAY_MICROS / 24;
  private static final double DAYS_PER_YEAR = 365.25;

  /**
   * A shop.
   *
   * @param medianAmount what is typically paid there, in dollars
   */
  record Merchant(String name, double medianAmount) {}

  /**
   * Who swipes a card.
   *
   * @param swipesPerDay on average
   * @param spending how much more than others they pay, as a factor
   * @param favourites indexes of the merchants they mostly go to
   * @param firstDay the day of the simulation from which on they swipe
   * @param ageYears the account's age on the first day
   */
  record Holder(
      String card,
      double swipesPerDay,
      double spending,
      List<Integer> favourites,
      int firstDay,
      double ageYears,
      int creditLimit) {}

  private final Draws draws;
  final List<Merchant> merchants = new ArrayList<>();
  final double[] popularity = new double[MERCHANTS];
  final List<Holder> holders = new ArrayList<>();

  Town(Draws draws) {
    this.draws = draws;
    double total = 0;
    for (int i = 0; i < MERCHANTS; i++) {
      merchants.add(new Merchant(name("m%03d", i + 1), draws.logNormal(28, 0.8)));
      total += StrictMath.pow(i + 1, -0.7); // Zipf's law, flattened
      popularity[i] = total;
    }
    for (int i = 0; i < CARDS; i++) {
      holders.add(holder(name("c%04d", i + 1)));
    }
  }

  /** A merchant, popular ones more often. */
  int anyMerchant() {
    return draws.index(popularity);
  }

  private Holder holder(String card) {
    List<Integer> favourites = new ArrayList<>();
    int count = draws.integer(5, 12);
    for (int i = 0; i < count; i++) {
      favourites.add(anyMerchant());
    }
    boolean opensLater = draws.chance(0.04);
    return new Holder(
        card,
        draws.logNormal(3.1, 0.55),
        draws.logNormal(1, 0.4),
        List.copyOf(favourites),
        opensLater ? draws.integer(1, DAYS - 2) : 0,
        opensLater ? 0 : draws.exponential(5),
        500 * draws.integer(2, 30));
  }

  /**
   * The versions of all accounts: one as of the first day or the day it was opened, and for those
   * that were there by then one more in the middle of the month, some of them late.
   */
  List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    for (Holder holder : holders) {
      long start = day(holder.firstDay());
      accounts.add(account(holder, start, start - 6 * HOUR_MICROS, 0, holder.creditLimit()));
      int middle = DAYS / 2;
      if (holder.firstDay() < middle) {
        int limit = holder.creditLimit() * (draws.chance(0.1) ? 2 : 1);
        long delay = draws.chance(0.02) ? 30 * HOUR_MICROS : -2 * HOUR_MICROS;
        accounts.add(
            account(holder, day(middle), day(middle) + delay, middle - holder.firstDay(), limit));
      }
    }
    return accounts;
  }

  private static Account account(
      Holder holder, long effective, long available, int daysOlder, int limit) {
    double age = holder.ageYears() + daysOlder / DAYS_PER_YEAR;
    return new Account(
        holder.card(),
        Micros.toInstant(effective),
        Micros.toInstant(available),
        Math.round(age * 1000) / 1000.0,
        limit);
  }

  /** The first microsecond of a day of the simulation, from 0. */
  static long day(int day) {
    return Micros.of(START) + day * DAY_MICROS;
  }

  private static String name(String format, int number) {
    return String.format(Locale.ROOT, format, number);
  }
}
