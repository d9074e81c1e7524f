package dev.lockstep.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.beam.write.TrainingSetWriter;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.PlanReading;
import dev.lockstep.time.Micros;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.training.train.Trainer;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets written by the real writer, one part after the other. */
class TrainingSetTest {
  private static final TrainingSchema.Column BOOLEAN_LABEL =
      new TrainingSchema.Column("fraudulent", ValueType.BOOLEAN);

  private final FeaturePlan plan = SyntheticPlan.plan();

  @TempDir Path home;

  /** A row a second; null amounts, labels and whole vectors among them. */
  private List<LabelledVector> rows(int count) {
    List<LabelledVector> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Values values = new Values(plan.featureTypes());
      double amount = i * 37 % 101;
      if (i % 11 > 0) {
        values.setDouble(place("amount"), amount);
        values.setString(place("channel"), "online");
        values.setLong(place("swipes_1h"), i % 5);
        values.setBoolean(place("large"), amount > 50);
      }
      rows.add(row(i, values, i % 13 == 0 ? null : (Boolean) (i % 11 > 0 && amount > 50)));
    }
    return rows;
  }

  private LabelledVector row(int i, Values values, @Nullable Object label) {
    return row(String.format("r%05d", i), i * Micros.PER_SECOND, values, label);
  }

  private LabelledVector row(String id, long time, Values values, @Nullable Object label) {
    return new LabelledVector(
        new FeatureVector(
            plan.name(),
            plan.fingerprint(),
            id,
            time,
            time,
            Map.of("card", "c" + time % 3),
            values,
            0,
            0),
        label);
  }

  private int place(String feature) {
    return plan.features().stream().map(FeatureColumn::name).toList().indexOf(feature);
  }

  private Path publish(
      String name, FeaturePlan of, TrainingSchema.@Nullable Column label, List<LabelledVector> rows)
      throws IOException {
    TrainingSchema schema =
        new TrainingSchema(
            List.of("card"),
            of.features().stream().map(f -> new TrainingSchema.Column(f.name(), f.type())).toList(),
            label);
    TrainingSetFolder folder = new TrainingSetFolder(home.resolve(name).toString(), "test", false);
    folder.begin();
    int half = rows.size() / 2;
    write(folder.part(0), schema, rows.subList(0, half));
    write(folder.part(1), schema, rows.subList(half, rows.size()));
    folder.publish(
        new Manifest(
            of.name(),
            of.fingerprint(),
            of.text(),
            schema,
            rows.size(),
            null,
            null,
            null,
            Map.of(),
            List.of(),
            List.of(),
            "test"));
    return folder.path();
  }

  @Test
  void rowsOfOneKeyHaveOneCodeInAnyOrder() throws IOException {
    List<LabelledVector> shuffled = new ArrayList<>(rows(600));
    java.util.Collections.shuffle(shuffled, new Random(3));
    TrainingRows rows =
        TrainingSet.load(publish("keys", plan, BOOLEAN_LABEL, shuffled), plan).rows();

    assertEquals(List.of("card"), rows.entityNames());
    int[] codes = rows.keyCodes("card", java.util.stream.IntStream.range(0, 600).toArray());
    assertEquals(3, java.util.Arrays.stream(codes).distinct().count());
    for (int row = 0; row < 600; row++) {
      assertEquals(codes[row % 3], codes[row], "row " + row); // the set is in time order
    }
  }

  private static void write(Path part, TrainingSchema schema, List<LabelledVector> rows)
      throws IOException {
    List<ColumnVector> columns = schema.emptyColumns();
    rows.forEach(row -> row.appendTo(columns, schema));
    try (TrainingSetWriter writer = TrainingSetWriter.open(part, schema)) {
      writer.write(columns, rows.size());
    }
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    List<LabelledVector> written = rows(300);
    TrainingSet set = TrainingSet.load(publish("set", plan, BOOLEAN_LABEL, written), plan);

    TrainingRows rows = set.rows();
    assertEquals(plan.fingerprint(), set.manifest().fingerprint());
    assertEquals(plan.features().stream().map(FeatureColumn::name).toList(), rows.featureNames());
    assertEquals(plan.featureTypes(), rows.featureTypes());
    assertEquals(300, rows.size());
    for (int i = 0; i < 300; i++) {
      LabelledVector row = written.get(i);
      assertEquals(IdHash.of(row.vector().requestId()), rows.requestHash(i));
      assertEquals(row.vector().eventTimeMicros(), rows.eventTimeMicros(i));
      Object label = row.label();
      assertEquals(label == null ? Float.NaN : (Boolean) label ? 1f : 0f, rows.label(i));
      for (String name : List.of("amount", "swipes_1h", "large", "ageYears")) {
        assertEquals(
            row.vector().values().asModelInput(place(name)), rows.value(i, place(name)), name);
      }
    }
  }

  @Test
  void learnsTheSameHoweverThePartsWereWritten() throws IOException {
    List<LabelledVector> written = rows(2000);
    List<LabelledVector> shuffled = new ArrayList<>(written);
    Collections.shuffle(shuffled, new Random(4));

    TrainingRows inOrder =
        TrainingSet.load(publish("one", plan, BOOLEAN_LABEL, written), plan).rows();
    TrainingRows sorted =
        TrainingSet.load(publish("other", plan, BOOLEAN_LABEL, shuffled), plan).rows();

    for (int i = 0; i < 2000; i++) {
      assertEquals(inOrder.requestHash(i), sorted.requestHash(i));
    }
    TrainedModel one = new Trainer().train(inOrder, RequestFeatures.of(plan));
    TrainedModel other = new Trainer().train(sorted, RequestFeatures.of(plan));
    assertArrayEquals(one.bytes(), other.bytes());
    assertTrue(one.evaluation().test().quality().auc() > 0.99, one.evaluation().summary());
    assertEquals(154, one.report().unlabelledRows()); // i % 13 == 0 below 2000
  }

  /** Seven rows a time, of ids that are prefixes of each other, and beyond ASCII. */
  @Test
  void rowsOfOneTimeAreInTheOrderOfTheirIds() throws IOException {
    long seed = 20_261_130;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<LabelledVector> written = new ArrayList<>();
    for (int i = 0; i < 9000; i++) {
      Values values = new Values(plan.featureTypes());
      values.setDouble(place("amount"), i);
      String id = "\u00e9\ud83d\ude00".substring(0, random.nextInt(2)) + random.nextInt(1 << 20);
      written.add(row(id + "-" + i, i / 7 * 7 * Micros.PER_SECOND, values, i % 2 == 0));
    }
    Collections.shuffle(written, random);
    TrainingRows rows = TrainingSet.load(publish("set", plan, BOOLEAN_LABEL, written), plan).rows();

    List<LabelledVector> expected = new ArrayList<>(written);
    expected.sort(
        Comparator.comparingLong((LabelledVector r) -> r.vector().eventTimeMicros())
            .thenComparing(r -> r.vector().requestId()));
    for (int i = 0; i < 9000; i++) {
      FeatureVector vector = expected.get(i).vector();
      assertEquals(vector.eventTimeMicros(), rows.eventTimeMicros(i));
      assertEquals(IdHash.of(vector.requestId()), rows.requestHash(i));
      assertEquals((Boolean) expected.get(i).label() ? 1 : 0, rows.label(i));
      assertEquals((float) vector.values().getDouble(place("amount")), rows.value(i, 0));
    }
  }

  @Test
  void readsOnlyTheFeaturesThatAreWanted() throws IOException {
    Path folder = publish("set", plan, BOOLEAN_LABEL, rows(2000));
    TrainingRows all = TrainingSet.load(folder, plan).rows();
    List<String> names = List.of("large", "amount");
    TrainingRows some = TrainingSet.load(folder, plan, names, (read, rows) -> {}).rows();

    assertEquals(all.featureNames(), some.featureNames());
    assertTrue(some.isHeld(place("large")));
    assertFalse(some.isHeld(place("swipes_1h")));
    assertFalse(some.isHeld(place("channel"))); // text
    assertArrayEquals(
        new Trainer().train(all, names).bytes(), new Trainer().train(some, names).bytes());
    int[] others = some.indexesOf(List.of("swipes_1h"));
    assertThrows(IllegalStateException.class, () -> some.matrix(new int[] {0}, others));
  }

  @Test
  void refusesALabelThatIsNeither() throws IOException {
    Values values = new Values(plan.featureTypes());
    Path folder =
        publish(
            "set",
            plan,
            new TrainingSchema.Column("fraudulent", ValueType.LONG),
            List.of(row(0, values, 1L), row(1, values, 2L)));

    assertRefused(
        "the label of request [r00001] is 2.0, not 0 or 1\n"
            + "    cure: let the label's expression answer a boolean, such as a comparison",
        folder);
  }

  /** The manifest alone is asked: there are ten rows in the files. */
  @Test
  void refusesWhatDoesNotFitBeforeItIsRead() throws IOException {
    Path folder = publish("set", plan, BOOLEAN_LABEL, rows(10));
    Manifest manifest = Manifest.read(folder);
    Files.writeString(
        folder.resolve(Manifest.FILE),
        manifest.with(2_000_000_000L, null, null, Map.of()).toJson());

    String message =
        assertThrows(TrainingException.class, () -> TrainingSet.load(folder, plan)).getMessage();
    assertTrue(
        message.contains("2,000,000,000 rows of " + folder)
            && message.contains("--set include=")
            && message.contains("a shorter range of time"),
        message);
  }

  @Test
  void takesNumericLabels() throws IOException {
    Values values = new Values(plan.featureTypes());
    Path folder =
        publish(
            "set",
            plan,
            new TrainingSchema.Column("fraudulent", ValueType.LONG),
            List.of(row(0, values, 1L), row(1, values, 0L), row(2, values, null)));

    assertArrayEquals(
        new float[] {1, 0, Float.NaN}, TrainingSet.load(folder, plan).rows().labels());
  }

  @Test
  void readsASetWithoutRows() throws IOException {
    assertEquals(
        0, TrainingSet.load(publish("set", plan, BOOLEAN_LABEL, List.of()), plan).rows().size());
  }

  @Test
  void refusesAFolderThatIsNoTrainingSet() throws IOException {
    Path folder = publish("set", plan, BOOLEAN_LABEL, rows(10));
    Files.delete(folder.resolve(Manifest.FILE));

    String message =
        assertThrows(TrainingSetException.class, () -> TrainingSet.load(folder, plan)).getMessage();
    assertTrue(message.contains(folder.toString()) && message.contains(Manifest.FILE), message);
  }

  @Test
  void refusesASetOfAnotherPlan() throws IOException {
    FeaturePlan now = SyntheticPlan.planWithOneMore();
    Path folder = publish("set", plan, BOOLEAN_LABEL, rows(10));

    String message =
        assertThrows(TrainingException.class, () -> TrainingSet.load(folder, now)).getMessage();
    assertTrue(
        message.contains(plan.fingerprint())
            && message.contains(now.fingerprint())
            && message.contains("small"),
        message);
  }

  @Test
  void refusesASetWithoutTheLabel() throws IOException {
    List<LabelledVector> unlabelled =
        rows(10).stream().map(r -> new LabelledVector(r.vector(), null)).toList();
    Path none = publish("none", plan, null, unlabelled);
    Path other =
        publish(
            "other", plan, new TrainingSchema.Column("chargeback", ValueType.BOOLEAN), unlabelled);

    assertRefused(
        "the training set in "
            + none
            + " has no label, to be learnt is [fraudulent]\n"
            + "    cure: export the training set again with that label",
        none);
    assertRefused(
        "the training set in "
            + other
            + " has the label [chargeback], to be learnt is [fraudulent]\n"
            + "    cure: export the training set again with that label",
        other);
  }

  @Test
  void refusesALabelOfTheSameNameAndAnotherDefinition() throws IOException {
    Path folder = publish("set", plan, BOOLEAN_LABEL, rows(10));
    Manifest manifest = Manifest.read(folder);
    Path file = folder.resolve(Manifest.FILE);
    Files.writeString(file, manifest.withLabelText(plan.labelText()).toJson());
    assertEquals(10, TrainingSet.load(folder, plan).rows().size());

    String other = SyntheticPlan.planOfAnotherLabel().labelText();
    Files.writeString(file, manifest.withLabelText(other).toJson());
    assertRefused(
        "the label of the training set in "
            + folder
            + " is of another definition: ["
            + PlanReading.of(other)
            + "], to be learnt is ["
            + PlanReading.of(plan.labelText())
            + "]\n    cure: backfill again with that label, or train with the definition of the"
            + " set's",
        folder);
  }

  @Test
  void refusesALabelThatIsATime() throws IOException {
    Path folder =
        publish("set", plan, new TrainingSchema.Column("fraudulent", ValueType.INSTANT), List.of());

    assertRefused(
        "the label [fraudulent] is of type INSTANT, not 0 or 1\n"
            + "    cure: let the label's expression answer a boolean, such as a comparison",
        folder);
  }

  private void assertRefused(String message, Path folder) {
    assertEquals(
        message,
        assertThrows(TrainingException.class, () -> TrainingSet.load(folder, plan)).getMessage());
  }
}
