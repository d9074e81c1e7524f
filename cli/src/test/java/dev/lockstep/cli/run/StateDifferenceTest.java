package dev.lockstep.cli.run;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.kafka.SeenBroker;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.work.WorkFiles;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.plan.FeaturePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a work folder remembers of its stream, and what is said of another one that starts there.
 */
class StateDifferenceTest {
  record Pay(String id, String card, String shop, double amount, Instant at) {}

  private static final EventSource<Pay> PAYS = pays(Duration.ZERO);
  private static final FeatureView<Pay> CARDS =
      FeatureView.named("cards")
          .over(PAYS)
          .by(Entity.string("card"), Pay::card)
          .feature("card_pays", count().over(last(hours(1))));
  private static final FeatureView<Pay> SHOPS =
      FeatureView.named("shops")
          .over(PAYS)
          .by(Entity.string("shop"), Pay::shop)
          .feature("shop_amount", sum(Pay::amount).over(last(hours(1))));

  @TempDir Path folder;

  private static EventSource<Pay> pays(Duration lateness) {
    return EventSource.of(Pay.class)
        .named("pays")
        .id(Pay::id)
        .eventTime(Pay::at)
        .lateness(lateness);
  }

  private static FeatureSet<Pay> named(String name) {
    return FeatureSet.named(name).forEach(PAYS);
  }

  private static StateOwner owner(FeatureSet<?> set) {
    return owner(set, Map.of());
  }

  private static StateOwner owner(FeatureSet<?> set, Map<String, String> otherIds) {
    FeaturePlan plan = FeaturePlan.of(set);
    Map<String, String> ids = new HashMap<>();
    StreamTopics.of("", plan).inputs(plan).forEach(t -> ids.put(t, "id of " + t));
    ids.putAll(otherIds);
    Map<String, Integer> partitions = new HashMap<>();
    StreamTopics.of("", plan).outputs().forEach(t -> partitions.put(t, 2));
    return StateOwner.of(plan, true, StateBackend.HEAP, new SeenBroker("here", ids, partitions));
  }

  private static List<String> words(FeatureSet<?> before, FeatureSet<?> now) {
    return StateDifference.between(owner(before), owner(now));
  }

  @Test
  void theSameStreamIsTheSame() {
    FeatureSet<Pay> set = named("pay").with(CARDS, SHOPS);
    assertEquals(List.of(), words(set, named("pay").with(CARDS, SHOPS)));
  }

  /** The places of cells go by it, and the vector's features may be the same. */
  @Test
  void viewsInAnotherOrderAreNamed() {
    List<String> words = words(named("pay").with(CARDS, SHOPS), named("pay").with(SHOPS, CARDS));
    assertEquals("the views are in another order: shops, cards, not cards, shops", words.get(0));
  }

  @Test
  void viewsAddedRemovedAndChangedAreNamed() {
    FeatureSet<Pay> one = named("pay").with(CARDS);
    FeatureSet<Pay> two = named("pay").with(CARDS, SHOPS);
    assertTrue(words(one, two).contains("view shops was added"), words(one, two).toString());
    assertTrue(words(two, one).contains("view shops was removed"), words(two, one).toString());
    FeatureSet<Pay> more =
        named("pay").with(CARDS.feature("card_amount", sum(Pay::amount).over(last(hours(1)))));
    List<String> changed = words(one, more);
    assertTrue(changed.contains("view cards was changed"), changed.toString());
    assertTrue(changed.contains("feature card_amount was added"), changed.toString());
    assertTrue(
        StateDifference.lines(owner(one), owner(more)).toString().contains("+   card_amount = sum"),
        "the lines say how");
  }

  @Test
  void expressionsEmissionAndRulesAreNamed() {
    FeatureSet<Pay> set = named("pay").with(CARDS);
    assertEquals(
        List.of("the emission is ordered(), not onArrival()"),
        words(set, named("pay").with(CARDS).emit(Emission.ordered())));
    FeatureSet<Pay> amount = named("pay").with(CARDS).request("amount", Pay::amount);
    List<String> added = words(set, amount);
    assertTrue(added.contains("feature amount was added"), added.toString());
    assertTrue(
        added.stream().anyMatch(w -> w.startsWith("source pays is read with columns ")),
        added.toString());
    EventSource<Pay> pays = pays(Duration.ofHours(1));
    FeatureView<Pay> late =
        FeatureView.named("cards")
            .over(pays)
            .by(Entity.string("card"), Pay::card)
            .feature("card_pays", count().over(last(hours(1))));
    FeatureSet<Pay> other = FeatureSet.named("pay").forEach(pays).with(late);
    assertEquals(List.of("the rules of source pays were changed"), words(set, other));
  }

  @Test
  void anotherSetBrokerOrTopicIsNamed() {
    StateOwner was = owner(named("pay").with(CARDS));
    assertEquals(
        List.of("another feature set: play, not pay"),
        StateDifference.between(was, owner(named("play").with(CARDS))));
    assertEquals(
        List.of("topic pays was deleted and made anew"),
        StateDifference.between(was, owner(named("pay").with(CARDS), Map.of("pays", "another"))));
    FeaturePlan plan = FeaturePlan.of(named("pay").with(CARDS));
    SeenBroker broker = new SeenBroker("here", was.inputs(), was.outputs());
    assertEquals(
        List.of("the topics hold a replay (--replay), and were live"),
        StateDifference.between(was, StateOwner.of(plan, false, StateBackend.HEAP, broker)));
    assertEquals(
        List.of("it is kept by heap (--state), which rocksdb can't read"),
        StateDifference.between(was, StateOwner.of(plan, true, StateBackend.ROCKSDB, broker)));
    assertEquals(
        List.of("another Kafka cluster: there, not here"),
        StateDifference.between(
            was,
            StateOwner.of(
                plan, true, StateBackend.HEAP, new SeenBroker("there", Map.of(), Map.of()))));
    assertEquals(
        List.of(
            "topic pays, which it read, is gone",
            "topic pay.dead-letter, which it wrote in 2 partitions, is gone",
            "topic pay.late, which it wrote in 2 partitions, is gone",
            "topic pay.vectors has 3 partitions, and had 2"),
        StateDifference.between(
            was,
            StateOwner.of(
                plan,
                true,
                StateBackend.HEAP,
                new SeenBroker("here", Map.of(), Map.of("pay.vectors", 3)))));
  }

  @Test
  void theFileIsReadAsItWasWrittenOrRefused() throws Exception {
    assertTrue(StateOwner.read(WorkFiles.of(folder)).isEmpty());
    StateOwner owner = owner(named("pay").with(CARDS, SHOPS));
    owner.write(WorkFiles.of(folder));
    assertEquals(owner, StateOwner.read(WorkFiles.of(folder)).orElseThrow());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve(StateOwner.FILE)), files.toList());
    }
    String text = Files.readString(folder.resolve(StateOwner.FILE));
    assertUnreadable(
        "is of format 1, and this version reads 3", text.replace("\" : 3,", "\" : 1,"));
    assertUnreadable("is damaged", text.substring(0, text.length() / 2));
    assertUnreadable("is damaged", text.replace("\"cluster\"", "\"cloister\""));
    assertUnreadable("is of format 0", "[]");
  }

  private void assertUnreadable(String why, String text) throws Exception {
    Files.writeString(folder.resolve(StateOwner.FILE), text);
    String message =
        assertThrows(CommandException.class, () -> StateOwner.read(WorkFiles.of(folder)))
            .getMessage();
    assertTrue(String.valueOf(message).contains(why), message);
    assertTrue(String.valueOf(message).contains("cure: give another --work folder"), message);
  }
}
