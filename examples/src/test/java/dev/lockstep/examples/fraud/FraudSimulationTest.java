package dev.lockstep.examples.fraud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.time.Micros;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The month of the project's seed, simulated once for all tests. */
class FraudSimulationTest {
  private static final FraudSimulation.Month MONTH =
      FraudSimulation.run(FraudProject.SEED, Town.DAYS);

  @Test
  void theMonthIsTheSameOnEveryMachine() throws NoSuchAlgorithmException {
    assertEquals(
        "33e81ba226e899b15ca6c849b561ec2e1436df6191b3d983c8219ac7567c2e02",
        hash(MONTH),
        "the simulation changed; if it should, raise FraudProject.HISTORY");
  }

  @Test
  void anotherSeedGivesAnotherMonth() throws NoSuchAlgorithmException {
    String first = hash(FraudSimulation.run(1, 2));

    assertEquals(first, hash(FraudSimulation.run(1, 2)));
    assertNotEquals(first, hash(FraudSimulation.run(2, 2)));
  }

  @Test
  void aboutOneSwipeInAHundredIsFraud() {
    long fraud = MONTH.settlements().stream().filter(Settlement::fraud).count();
    double share = fraud / (double) MONTH.settlements().size();

    assertTrue(share > 0.008 && share < 0.012, "fraud is " + share);
  }

  @Test
  void aMonthHasAboutThreeHundredThousandSwipesAndEachIsSettledOnceAfterItArrived() {
    Map<String, Instant> settled =
        MONTH.settlements().stream().collect(Collectors.toMap(Settlement::swipe, Settlement::at));
    assertEquals(MONTH.settlements().size(), settled.size());
    assertTrue(settled.size() > 280_000 && settled.size() < 300_000, settled.size() + " swipes");
    for (Swipe swipe : MONTH.swipes()) {
      assertTrue(Objects.requireNonNull(settled.get(swipe.id())).isAfter(swipe.receivedAt()));
    }
    assertEquals(
        settled.keySet(), MONTH.swipes().stream().map(Swipe::id).collect(Collectors.toSet()));
  }

  @Test
  void theLastDaysAreEnoughToReplay() {
    Instant end = Town.START.plus(Duration.ofDays(Town.DAYS));
    long replayed =
        MONTH.swipes().stream()
            .filter(s -> !s.receivedAt().isBefore(end.minus(Duration.ofDays(6))))
            .filter(s -> s.receivedAt().isBefore(end))
            .map(Swipe::id)
            .distinct()
            .count();

    assertTrue(replayed >= 55_000 && replayed <= 66_000, replayed + " requests");
  }

  @Test
  void swipesArriveInOrderAndWithinTheDeclaredLateness() {
    assertSorted(MONTH.swipes(), Swipe::receivedAt);
    assertSorted(MONTH.settlements(), Settlement::at);
    assertSorted(MONTH.accounts(), Account::availableAt);
    Duration greatest =
        MONTH.swipes().stream()
            .map(s -> Duration.between(s.at(), s.receivedAt()))
            .peek(late -> assertFalse(late.isNegative()))
            .max(Comparator.naturalOrder())
            .orElseThrow();

    assertTrue(greatest.compareTo(FraudFeatures.SWIPES.lateness()) <= 0, "late by " + greatest);
    assertTrue(greatest.compareTo(Duration.ofHours(1)) > 0, "nothing is late");
  }

  @Test
  void aSwipeDeliveredTwiceIsTheSameButForItsArrival() {
    Map<String, Swipe> first = new HashMap<>();
    int copies = 0;
    for (Swipe swipe : MONTH.swipes()) {
      Swipe known = first.putIfAbsent(swipe.id(), swipe);
      if (known != null) {
        copies++;
        assertTrue(swipe.receivedAt().isAfter(known.receivedAt()));
        assertEquals(known, withArrival(swipe, known.receivedAt()));
      }
    }
    assertTrue(copies > 300, copies + " copies");
  }

  @Test
  void swipesAreNumberedAsTheyHappenedAndCostWholeCents() {
    Instant previous = Town.START;
    List<Swipe> happened =
        MONTH.swipes().stream().sorted(Comparator.comparingLong(Swipe::sequence)).toList();
    for (Swipe swipe : happened) {
      assertEquals(swipe.sequence(), Long.parseLong(swipe.id().substring(1)));
      assertFalse(swipe.at().isBefore(previous), swipe.id());
      previous = swipe.at();
      assertEquals(Math.rint(swipe.amount() * 100) / 100, swipe.amount(), swipe.id());
      assertTrue(swipe.amount() > 0, swipe.id());
    }
  }

  @Test
  void everySwipeHasAnAccountInEffectByThen() {
    Map<String, Instant> open = new HashMap<>();
    Set<String> versions = new HashSet<>();
    for (Account account : MONTH.accounts()) {
      open.merge(account.card(), account.effectiveFrom(), (a, b) -> a.isBefore(b) ? a : b);
      assertTrue(versions.add(account.card() + account.effectiveFrom()), account.toString());
    }
    assertEquals(Town.CARDS, open.size());
    for (Swipe swipe : MONTH.swipes()) {
      assertFalse(swipe.at().isBefore(Objects.requireNonNull(open.get(swipe.card()))), swipe.id());
    }
  }

  private static Swipe withArrival(Swipe s, Instant receivedAt) {
    return new Swipe(s.id(), s.sequence(), s.card(), s.merchant(), s.amount(), s.at(), receivedAt);
  }

  private static <T> void assertSorted(List<T> rows, Function<T, Instant> time) {
    Instant previous = Instant.MIN;
    for (T row : rows) {
      assertFalse(time.apply(row).isBefore(previous), row.toString());
      previous = time.apply(row);
    }
  }

  /** Of every field, numbers as integers: how a double prints differs among Java versions. */
  private static String hash(FraudSimulation.Month month) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Swipe s : month.swipes()) {
      update(
          digest,
          s.id(),
          s.sequence(),
          s.card(),
          s.merchant(),
          Double.doubleToLongBits(s.amount()),
          Micros.of(s.at()),
          Micros.of(s.receivedAt()));
    }
    for (Account a : month.accounts()) {
      update(
          digest,
          a.card(),
          Micros.of(a.effectiveFrom()),
          Micros.of(a.availableAt()),
          Double.doubleToLongBits(a.ageYears()),
          a.creditLimit());
    }
    for (Settlement s : month.settlements()) {
      update(digest, s.swipe(), Micros.of(s.at()), s.fraud());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, Object... fields) {
    digest.update(List.of(fields).toString().getBytes(StandardCharsets.UTF_8));
  }
}
