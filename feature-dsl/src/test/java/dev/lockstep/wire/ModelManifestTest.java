package dev.lockstep.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelManifestTest {
  @TempDir Path folder;

  private static ModelManifest manifest(String planText) {
    return new ModelManifest(
        "fraud",
        "3",
        "fraud_v1",
        "ab12",
        planText,
        List.of(
            new ModelManifest.Feature("amount_avg_1h", ValueType.DOUBLE),
            new ModelManifest.Feature("swipes_10m", ValueType.LONG)),
        "fraud within 7 days",
        0.65,
        Instant.parse("2001-01-01T00:00:00Z"),
        Instant.parse("2001-03-01T00:00:00.000001Z"),
        123_456,
        Map.of("auc", 0.91, "log_loss", 0.1));
  }

  @Test
  void goldenTextIsWrittenAndRead() throws IOException {
    ModelManifest manifest = manifest("lockstep plan 1\nview card\n  swipes = count() # all\n");
    assertEquals(
        manifest,
        ModelManifest.fromBytes(GoldenFiles.text("manifest.properties").getBytes(UTF_8)),
        "format 1");
    ModelManifest traced =
        manifest
            .withCalibration(new ScoreCalibration(0.9, Double.MIN_VALUE))
            .withTrace(
                Instant.parse("2001-03-08T00:00:00Z"),
                Map.of("option.exclude", "a*, b", "threads", "2"));
    traced.write(folder);
    assertEquals(
        GoldenFiles.text("manifest-2.properties"),
        Files.readString(folder.resolve(ModelManifest.MANIFEST_FILE)));
    assertEquals(traced, ModelManifest.read(folder));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void whateverThePlanTextHoldsIsKept() throws IOException {
    for (String plan :
        List.of(
            "",
            " ",
            "\n",
            "\n\n  \n",
            "a\\\nb",
            "# x\n! y = z : \\n",
            "\ttab\r\n\f",
            "Zürich → ∞")) {
      manifest(plan).write(folder);
      assertEquals(plan, ModelManifest.read(folder).planText());
    }
  }

  @Test
  void theLabelsDefinitionIsKeptWhereItIsSaid() throws IOException {
    ModelManifest m = manifest("plan");
    assertNull(m.labelText());
    ModelManifest told =
        new ModelManifest(
            m.name(),
            m.version(),
            m.featureSet(),
            m.fingerprint(),
            m.planText(),
            m.features(),
            m.label(),
            m.threshold(),
            m.trainedFrom(),
            m.trainedUntil(),
            m.rows(),
            m.metrics(),
            "label fraud BOOLEAN any lost > 0 on swipe within 60; by: a = b");
    told.write(folder);
    assertEquals(told, ModelManifest.read(folder));
  }

  @Test
  void aFolderWithoutAModelSaysSo() {
    IOException e = assertThrows(IOException.class, () -> ModelManifest.read(folder));
    assertEquals(
        "No model in " + folder + ": manifest.properties is missing there. Train one first.",
        e.getMessage());
  }

  @Test
  void aDamagedManifestNamesFileAndKey() throws IOException {
    manifest("p").write(folder);
    Path file = folder.resolve(ModelManifest.MANIFEST_FILE);
    String text = Files.readString(file);
    assertDamaged(file, text.replace("threshold=0.65", "threshold=high"), "threshold is no number");
    assertDamaged(file, text.replace("fingerprint=ab12\n", ""), "fingerprint is missing");
    assertDamaged(file, text.replace("LONG", "INT"), "feature.1 is of the unknown type INT");
    assertDamaged(
        file, text.replace("format=2", "format=3"), "format 3, this version reads 1 and 2");
    assertDamaged(file, "name=\\u00zz", "no properties file");
    assertDamaged(file, text.replace("threshold=0.65", "threshold=NaN"), "threshold is not finite");
    assertDamaged(file, text + "calibration.slope=1\n", "calibration.intercept is missing");
    assertDamaged(
        file,
        text + "calibration.slope=-1\ncalibration.intercept=0\n",
        "calibration: slope is not over 0 and finite: -1.0");
    assertDamaged(file, text + "name=\\ud83d\n", "half a character in name");
  }

  @Test
  void bytesThatAreNoTextNameTheFile() throws IOException {
    Path file = folder.resolve(ModelManifest.MANIFEST_FILE);
    Files.write(file, new byte[] {'n', (byte) 0xFF});
    WireException e = assertThrows(WireException.class, () -> ModelManifest.read(folder));
    assertEquals(file + " is no model's manifest: it is not text in UTF-8", e.getMessage());
  }

  private void assertDamaged(Path file, String text, String reason) throws IOException {
    Files.writeString(file, text);
    WireException e = assertThrows(WireException.class, () -> ModelManifest.read(folder));
    assertTrue(
        e.getMessage().startsWith(file + " is no model's manifest: " + reason),
        () -> e.getMessage());
  }
}
