package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lockstep.beam.kafka.InputStatus;
import dev.lockstep.beam.kafka.InputStatus.Partition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a stream says of itself to whoever watches it. */
class StreamFiguresTest {
  private static final long NOON = 1_796_040_000_000L;
  private static final Duration VISIBLE = Duration.ofSeconds(2);

  @Test
  void saysWhatCameAndWhatBecameOfIt() {
    StreamFigures first = new StreamFigures(100, 7, 0, 2, 0);
    assertEquals(
        "1,193 records read, 1,028 vectors, 0 late, 1 dead letter",
        new StreamFigures(1_293, 1_035, 0, 3, 0).minus(first).text());
    assertEquals(
        "1 record read, 1 vector, 0 late, 0 dead letters, 1 overdue",
        new StreamFigures(101, 8, 0, 2, 1).minus(first).text());
  }

  @Test
  void isSilentWhileAllFollowTheClock() {
    assertNull(live(at(5, 5, NOON - 2_050), at(5, 5, NOON - 12_050)));
    assertNull(live(at(0, 0, NOON - 10_000), null), "it has just begun");
  }

  @Test
  void namesThePartitionThatHoldsTheOthers() {
    assertEquals(
        "stalled: swipes-7, 4 min behind, because an open transaction holds it at offset 5 of 9",
        live(held("an open transaction"), at(5, 8, NOON - 240_000)));
    assertEquals(
        "stalled: swipes-7, 4 min behind, because a step of the job that has no room for more"
            + " holds it at offset 5 of 9",
        live(held("a step of the job that has no room for more"), at(5, 8, NOON - 240_000)));
    assertEquals(
        "stalled: swipes-7, 4 min behind, because its leader hands out no records from offset 5 on",
        live(held(null), at(5, 8, NOON - 240_000)));
    assertEquals(
        "stalled: swipes-7, 4 min behind, because records come faster than they are read: 4"
            + " records not read",
        live(at(5, 9, NOON - 240_000), at(4, 8, NOON - 240_000)));
    assertEquals(
        "stalled: swipes-7, 1 h 2 min behind, because its end isn't told: its leader doesn't"
            + " answer",
        live(at(5, 5, NOON - 3_720_000), at(5, 5, NOON - 3_720_000)));
    assertEquals(
        "swipes-7 is 4 min behind, and catching up: 4,000 records not read",
        live(at(5_000, 9_000, NOON - 240_000), at(5, 8_000, NOON - 290_000)));
  }

  @Test
  void aReplayThatIsQuietWaitsForItsClock() {
    assertEquals(
        "swipes-7 waits for a clock record of the replay",
        stalled(false, at(5, 5, NOON - 240_000), at(5, 5, NOON - 240_000)));
    assertNull(stalled(false, at(9, 9, NOON), at(5, 9, NOON - 240_000)));
    assertEquals(
        "stalled: swipes-7, because an open transaction holds it at offset 5 of 9",
        stalled(false, held("an open transaction"), held("an open transaction")));
  }

  @Test
  void aBrokerThatIsGoneIsNamed() {
    InputStatus gone = new InputStatus(List.of(at(5, 5, NOON)), "Kafka doesn't answer: timed out");
    assertEquals(
        "Kafka doesn't answer: timed out", StreamFigures.stalled(gone, gone, true, VISIBLE, NOON));
  }

  private static String live(Partition now, Partition before) {
    return stalled(true, now, before);
  }

  private static String stalled(boolean live, Partition now, Partition before) {
    Partition fast = new Partition("refunds", 0, 3, 3, NOON - 10, 0, null);
    return StreamFigures.stalled(
        new InputStatus(List.of(fast, now), null),
        new InputStatus(before == null ? List.of() : List.of(fast, before), null),
        live,
        VISIBLE,
        NOON);
  }

  private static Partition at(long position, long end, long progress) {
    return new Partition("swipes", 7, position, end, progress, 0, null);
  }

  private static Partition held(@Nullable String by) {
    return new Partition("swipes", 7, 5, 9, NOON - 240_000, 0, by);
  }
}
