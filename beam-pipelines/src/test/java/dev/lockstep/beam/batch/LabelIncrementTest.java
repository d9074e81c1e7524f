package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.snapshot.HeldLabel;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.time.Micros;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L6: a row is in the period in which its label is final, and is the row of one run over all. */
class LabelIncrementTest {
  private static final int PERIODS = 6;

  @TempDir Path folder;

  private boolean onFlink;
  private PeriodHistory history = new PeriodHistory(List.of(), List.of());

  private BackfillSummary run(
      FeatureSet<?> set,
      @Nullable Label<?> label,
      Map<String, List<Path>> files,
      String out,
      BackfillOptions options) {
    return Backfill.of(set, label, files, folder.resolve(out), options.shards(5).replacing(true))
        .run(
            onFlink ? LocalRunners.flink(2, 64, folder.resolve("runner")) : LocalRunners.direct(2));
  }

  private BackfillSummary period(FeatureSet<?> set, @Nullable Label<?> label, int p) {
    Path before = p == 0 ? null : folder.resolve("period-" + (p - 1));
    return run(
        set,
        label,
        history.upTo().get(p),
        "period-" + p,
        BackfillOptions.all().until(history.cuts().get(p)).keepingState(before));
  }

  private List<LabelledVector> rows(String out) {
    List<LabelledVector> rows = new ArrayList<>();
    TrainingSetReader.open(folder.resolve(out)).forEach(rows::add);
    return rows;
  }

  private static List<String> texts(List<LabelledVector> rows) {
    return rows.stream().map(BackfillTest::text).sorted().toList();
  }

  private SnapshotFolder state(int period) {
    return SnapshotFolder.in(folder.resolve("period-" + period));
  }

  @ParameterizedTest
  @CsvSource({
    "first,many,direct,1",
    "happened,many,flink,2",
    "window,many,direct,3",
    "window,one,flink,4",
    "own,many,direct,5",
    "own,one,direct,6",
    "happened,none,direct,7",
    "window,none,direct,8",
    "own,none,direct,9"
  })
  void periodsGiveWhatAllAtOnceGives(String kind, String keys, String runner, long seed)
      throws Exception {
    onFlink = runner.equals("flink");
    FeatureSet<?> set = LabelBackfillTest.set(keys);
    Label<?> label = LabelBackfillTest.label(kind);
    FeaturePlan plan = FeaturePlan.of(set, label);
    history = PeriodHistory.write(folder, plan, seed, PERIODS);
    BackfillSummary whole =
        run(
            set,
            label,
            history.all(),
            "whole",
            BackfillOptions.all().until(history.cuts().get(PERIODS - 1)));
    List<LabelledVector> actual = new ArrayList<>();
    long matured = 0;
    BackfillSummary last = whole;
    for (int p = 0; p < PERIODS; p++) {
      last = period(set, label, p);
      List<LabelledVector> rows = rows("period-" + p);
      requireTheirPeriod(rows, plan.label().orElseThrow(), p, "seed " + seed);
      actual.addAll(rows);
      matured += last.manifest().total("matured");
    }
    BackfillTest.assertSame(texts(rows("whole")), texts(actual), "seed " + seed);
    assertEquals(whole.manifest().total("immature"), last.manifest().total("immature"));
    assertTrue(kind.equals("own") || matured > 10, "seed " + seed + ": " + matured);
  }

  /** Its label is final at the period's end, and wasn't, or it wasn't there, at the one before. */
  private void requireTheirPeriod(List<LabelledVector> rows, LabelPlan label, int p, String where) {
    long cut = Micros.of(history.cuts().get(p));
    long before = p == 0 ? Long.MIN_VALUE : Micros.of(history.cuts().get(p - 1));
    for (LabelledVector row : rows) {
      long time = row.vector().eventTimeMicros();
      long available = row.vector().availableAtMicros();
      assertTrue(label.isMature(time, cut) && available < cut, where + ": too early " + row);
      assertTrue(!label.isMature(time, before) || available >= before, where + ": too late " + row);
    }
  }

  /** Without an end a label is final once its first event came; who has none waits on. */
  @Test
  void whoseLabelHasNoEndWaitsForTheFirstEvent() throws Exception {
    FeatureSet<?> set = Shop.SET;
    FeaturePlan plan = FeaturePlan.of(set, Shop.LABEL);
    history = PeriodHistory.write(folder, plan, 21, PERIODS);
    run(
        set,
        Shop.LABEL,
        history.all(),
        "whole",
        BackfillOptions.all().until(history.cuts().get(PERIODS - 1)));
    List<LabelledVector> actual = new ArrayList<>();
    long matured = 0;
    long waiting = 0;
    for (int p = 0; p < PERIODS; p++) {
      BackfillSummary summary = period(set, Shop.LABEL, p);
      actual.addAll(rows("period-" + p));
      matured += summary.manifest().total("matured");
      waiting = summary.manifest().total("immature");
    }
    List<String> left = new ArrayList<>(texts(rows("whole")));
    for (String row : texts(actual)) {
      assertTrue(left.remove(row), row);
    }
    assertEquals(waiting, left.size());
    assertTrue(left.stream().allMatch(row -> row.endsWith("null")), "one with a label is missing");
    assertTrue(matured > 50 && waiting > 50, matured + " matured, " + waiting + " wait");
    // Those of all periods before are together: beside them each file of this one has its own.
    Map<Long, Long> held =
        Objects.requireNonNull(Snapshot.read(state(PERIODS - 1)).label()).waiting();
    assertEquals(waiting, held.values().stream().mapToLong(n -> n).sum());
    assertTrue(held.size() <= 1 + 2 + 1, "files of " + held);
    long nulls = actual.stream().filter(r -> r.label() == null).count();
    assertTrue(nulls > 0, "an event whose fee is none says null, and is an event all the same");
  }

  @Test
  void aRerunGivesTheSameBytes() throws Exception {
    Label<?> label = LabelBackfillTest.label("happened");
    history = PeriodHistory.write(folder, FeaturePlan.of(Shop.SET, label), 22, PERIODS);
    for (int p = 0; p < 3; p++) {
      period(Shop.SET, label, p);
    }
    List<String> first = texts(rows("period-2"));
    HeldLabel held = Objects.requireNonNull(Snapshot.read(state(2)).label());
    assertFalse(held.waiting().isEmpty());
    List<byte[]> files = new ArrayList<>();
    for (long file : held.waiting().keySet()) {
      files.add(Files.readAllBytes(state(2).waiting(file)));
    }
    byte[] labels = Files.readAllBytes(state(2).labels(3));
    period(Shop.SET, label, 2);
    assertEquals(first, texts(rows("period-2")));
    assertEquals(held, Snapshot.read(state(2)).label());
    int i = 0;
    for (long file : held.waiting().keySet()) {
      assertEquals(
          -1,
          java.util.Arrays.mismatch(files.get(i++), Files.readAllBytes(state(2).waiting(file))));
    }
    assertEquals(-1, java.util.Arrays.mismatch(labels, Files.readAllBytes(state(2).labels(3))));
  }

  @Test
  void refusesAnotherLabelWithBoth() throws Exception {
    Label<?> label = LabelBackfillTest.label("happened");
    history = PeriodHistory.write(folder, FeaturePlan.of(Shop.SET, label), 23, PERIODS);
    period(Shop.SET, label, 0);
    for (Label<?> other :
        new Label<?>[] {LabelBackfillTest.label("first"), LabelBackfillTest.label("own"), null}) {
      SnapshotException refused =
          assertThrows(SnapshotException.class, () -> period(Shop.SET, other, 1));
      assertTrue(refused.getMessage().contains("is of another label"), refused.getMessage());
      assertTrue(refused.getMessage().contains("snapshot:   label expensive BOOLEAN any"));
      assertTrue(refused.getMessage().contains("cure: backfill the days anew"));
    }
  }

  @Test
  void refusesMissingAndDamagedWaitingRows() throws Exception {
    Label<?> label = LabelBackfillTest.label("window");
    history = PeriodHistory.write(folder, FeaturePlan.of(Shop.SET, label), 24, PERIODS);
    period(Shop.SET, label, 0);
    HeldLabel held = Objects.requireNonNull(Snapshot.read(state(0)).label());
    Path waiting = state(0).waiting(held.waiting().keySet().iterator().next());
    byte[] whole = Files.readAllBytes(waiting);
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 1;
    Files.write(waiting, damaged);
    requireRefused(label, waiting + " of the snapshot is damaged");
    Files.delete(waiting);
    requireRefused(label, waiting + " of the snapshot is missing");
    Files.write(waiting, whole);
    assertNull(period(Shop.SET, label, 1).outsideHistory());
  }

  private void requireRefused(Label<?> label, String why) {
    Throwable refused = assertThrows(RuntimeException.class, () -> period(Shop.SET, label, 1));
    while (!(refused instanceof SnapshotException) && refused.getCause() != null) {
      refused = refused.getCause();
    }
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(why), message);
    assertTrue(message.contains("run the backfill of its day again"), message);
    assertFalse(Files.exists(folder.resolve("period-1")));
  }
}
