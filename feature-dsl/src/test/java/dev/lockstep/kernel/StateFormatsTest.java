package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.GoldenFiles;
import dev.lockstep.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of a state in both forms are those of the golden files, behind the fingerprint. */
class StateFormatsTest {
  record Swipe(
      String card,
      Long cents,
      Double amount,
      String note,
      Boolean online,
      Instant due,
      Instant at) {}

  private static final int FINGERPRINT_FROM = 1;
  private static final int FINGERPRINT_TO = 9;

  private static ViewPlan view() {
    EventSource<Swipe> swipes = EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at);
    Window hour = Window.last(Duration.ofHours(1));
    FeatureView<Swipe> view =
        FeatureView.named("by_card")
            .over(swipes)
            .by(Entity.string("card"), Swipe::card)
            .feature("n", count().over(hour))
            .feature("cents", sum(Swipe::cents).over(hour))
            .feature("amount", sum(Swipe::amount).over(hour))
            .feature("note", last(Swipe::note).over(hour))
            .feature("online", last(Swipe::online).over(hour))
            .feature("due", last(Swipe::due).over(hour));
    return FeaturePlan.of(FeatureSet.named("golden").forEach(swipes).with(view)).views().get(0);
  }

  /** Ten events, one of them late and one with nothing in it, half of them known. */
  private static EntityState state(ViewPlan view) {
    EntityState state = new EntityState(view);
    for (int i = 0; i < 10; i++) {
      Values values = new Values(view.columnTypes());
      if (i != 3) {
        values.setLong(0, i * 100L - 200);
        values.setDouble(1, i / 8.0);
        values.setString(2, "näh " + i);
        values.setBoolean(3, i % 2 == 0);
        values.setLong(4, i * 1_000_000L);
      }
      long time = (i == 7 ? 2 : i) * 60_000_000L;
      BranchRow row = new BranchRow(true, i < 5, time, i * 60_000_000L, i, values, null, 0);
      if (i < 5) {
        state.answer(row, new Values(view.resultTypes()));
      } else {
        state.add(row);
      }
    }
    return state;
  }

  private static String withoutFingerprint(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    return hex.substring(0, 2 * FINGERPRINT_FROM) + hex.substring(2 * FINGERPRINT_TO);
  }

  private static byte[] golden(String name, ViewPlan view) throws IOException {
    String hex = HexFormat.of().formatHex(GoldenFiles.hex("/dev/lockstep/kernel/" + name));
    return HexFormat.of()
        .parseHex(
            hex.substring(0, 2 * FINGERPRINT_FROM)
                + view.fingerprint().substring(0, 2 * (FINGERPRINT_TO - FINGERPRINT_FROM))
                + hex.substring(2 * FINGERPRINT_FROM));
  }

  @Test
  void wholeForm() throws IOException {
    ViewPlan view = view();
    EntityStateCodec codec = new EntityStateCodec(view);
    byte[] golden = golden("state.hex", view);
    assertEquals(withoutFingerprint(golden), withoutFingerprint(codec.toBytes(state(view))));
    assertEquals(10, codec.fromBytes(golden).applied());
    assertEquals(
        withoutFingerprint(golden), withoutFingerprint(codec.toBytes(codec.fromBytes(golden))));
  }

  @Test
  void olderVersionsAreRefusedWithTheCure() throws IOException {
    ViewPlan view = view();
    byte[] state = golden("state-v2.hex", view);
    byte[] header = golden("state-header-v1.hex", view);
    assertEquals(
        "state of version 2, this reads 3: bootstrap it from history",
        assertThrows(WireException.class, () -> new EntityStateCodec(view).fromBytes(state))
            .getMessage());
    assertEquals(
        "state header of version 1, this reads 2: bootstrap it from history",
        assertThrows(
                WireException.class, () -> new BlockedStateCodec(view).read(header, id -> null))
            .getMessage());
  }

  @Test
  void headerAndBlocks() throws IOException {
    ViewPlan view = view();
    BlockedStateCodec codec = new BlockedStateCodec(view, 4);
    byte[] header = golden("state-header.hex", view);
    Map<Long, byte[]> blocks = Map.of(0L, GoldenFiles.hex("/dev/lockstep/kernel/state-block.hex"));
    BlockWrite write = codec.write(state(view));
    assertEquals(withoutFingerprint(header), withoutFingerprint(write.header()));
    assertEquals(List.of(0L), List.copyOf(write.put().keySet()));
    assertEquals(
        HexFormat.of().formatHex(blocks.get(0L)), HexFormat.of().formatHex(write.put().get(0L)));
    EntityStateCodec whole = new EntityStateCodec(view);
    assertEquals(
        withoutFingerprint(golden("state.hex", view)),
        withoutFingerprint(whole.toBytes(codec.read(header, blocks::get))));
  }
}
