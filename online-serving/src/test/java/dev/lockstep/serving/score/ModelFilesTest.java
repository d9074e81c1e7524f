package dev.lockstep.serving.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ModelFile;
import dev.lockstep.wire.ModelManifest;
import dev.lockstep.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models as several releases of XGBoost wrote them are scored as those do, or refused. */
class ModelFilesTest {
  private static final FeaturePlan PLAN = TinyModel.plan(24);
  private static final List<String> NAMES = List.of("at", "swipes", "average");

  @TempDir Path folder;

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ModelFilesTest.class.getResourceAsStream("/models/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private void put(byte[] model) throws IOException {
    TinyModel.manifest(PLAN).write(folder);
    Files.write(folder.resolve(ModelManifest.MODEL_FILE), model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.7.6", "2.1.4", "3.0.4", "3.4.0", "3.0.4-dart", "3.4.0-dart"})
  void scoresAreThoseOfTheReleaseThatWroteIt(String release) throws IOException {
    put(resource(release + ".ubj"));
    List<int[]> rows =
        new String(resource(release + ".txt"), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(
                line ->
                    Arrays.stream(line.split(","))
                        .mapToInt(bits -> Integer.parseUnsignedInt(bits, 16))
                        .toArray())
            .toList();
    assertEquals(60, rows.size());
    try (ScoringModel model = ScoringModel.load(folder)) {
      int[] inputs = model.inputsIn(PLAN);
      float[] scores = model.score(rows.stream().map(ModelFilesTest::values).toList(), inputs);
      for (int row = 0; row < scores.length; row++) {
        assertEquals(rows.get(row)[4], Float.floatToIntBits(scores[row]), release + " row " + row);
      }
    }
  }

  private static Values values(int[] bits) {
    Values values = new Values(PLAN.featureTypes());
    values.set(0, Instant.ofEpochSecond((long) Float.intBitsToFloat(bits[0])));
    values.setLong(1, (long) Float.intBitsToFloat(bits[1]));
    if (!Float.isNaN(Float.intBitsToFloat(bits[2]))) {
      values.setDouble(2, Float.intBitsToFloat(bits[2]));
    }
    return values;
  }

  @Test
  void whatAFileSaysIsRead() throws IOException {
    assertEquals(
        new ModelFile(List.of(3, 4, 0), "binary:logistic", "gbtree", NAMES, 3, 1, false),
        ModelFile.read(resource("3.4.0.ubj")));
    assertEquals(
        new ModelFile(List.of(1, 7, 6), "binary:logistic", "gbtree", List.of(), 3, 1, false),
        ModelFile.read(resource("1.7.6.ubj")));
    assertEquals("dart", ModelFile.read(resource("3.0.4-dart.ubj")).booster());
  }

  @Test
  void theLibraryIsTheReleaseThatModelsAreHeldAgainst() throws Exception {
    TinyModel.train(PLAN, folder);
    byte[] file = Files.readAllBytes(folder.resolve(ModelManifest.MODEL_FILE));
    assertEquals(ModelFile.LIBRARY, ModelFile.read(file).version());
  }

  @Test
  void otherModelsAreRefusedWithTheCure() throws IOException {
    assertRefused("3.4.0-regression.ubj", "[reg:squarederror]", "Train one for binary:logistic");
    assertRefused("3.4.0-linear.ubj", "[gblinear]", "Train trees: gbtree");
    assertRefused("3.4.0.json", "is JSON text", "save it as UBJSON");
    assertRefusal(
        new ModelFile(List.of(4, 0, 0), "binary:logistic", "gbtree", NAMES, 3, 1, false),
        "newer than the 3.4.0 used here");
    assertRefusal(
        new ModelFile(List.of(3, 4, 9), "binary:logistic", "gbtree", NAMES, 3, 1, true),
        "reads categories");
    assertRefusal(
        new ModelFile(List.of(3, 0, 0), "binary:logistic", "gbtree", NAMES, 4, 1, false),
        "reads 4 inputs, its manifest names 3");
    assertRefusal(
        new ModelFile(List.of(3, 0, 0), "reg:logistic", "gbtree", NAMES, 3, 2, false),
        "gives 2 outputs a row");
    assertRefusal(
        new ModelFile(
            List.of(3, 0, 0),
            "binary:logistic",
            "gbtree",
            List.of("at", "average", "swipes"),
            3,
            1,
            false),
        "input 1 is [average] in the file, [swipes] in the manifest");
    assertNull(
        new ModelFile(List.of(3, 4, 9), "binary:logistic", "dart", List.of(), 3, 1, false)
            .refusal(NAMES));
  }

  private static void assertRefusal(ModelFile file, String problem) {
    ModelFile.Refusal refusal = assertNotNullRefusal(file);
    assertTrue(refusal.problem().contains(problem), refusal::problem);
  }

  private static ModelFile.Refusal assertNotNullRefusal(ModelFile file) {
    ModelFile.Refusal refusal = file.refusal(NAMES);
    assertNotNull(refusal, file::toString);
    return refusal;
  }

  private void assertRefused(String name, String problem, String cure) throws IOException {
    put(resource(name));
    ModelRefusedException e =
        assertThrows(ModelRefusedException.class, () -> ScoringModel.load(folder));
    assertTrue(e.getMessage().contains(problem), e::getMessage);
    assertTrue(e.getMessage().contains(cure), e::getMessage);
  }

  /** Nothing but the refusal comes of damaged bytes, however long they say that they are. */
  @Test
  void damagedBytesAreRefused() throws IOException {
    byte[] whole = resource("3.4.0.ubj");
    for (int size = 0; size < whole.length; size += size < 2_000 ? 1 : 101) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThrows(WireException.class, () -> ModelFile.read(cut));
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      IntStream.range(0, 1 + random.nextInt(3))
          .forEach(n -> damaged[random.nextInt(1_500)] = (byte) random.nextInt(256));
      try {
        ModelFile.read(damaged);
      } catch (WireException e) {
        assertNotNull(e.getMessage());
      }
    }
  }
}
