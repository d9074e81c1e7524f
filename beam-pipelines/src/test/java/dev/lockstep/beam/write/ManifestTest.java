package dev.lockstep.beam.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.About;
import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What a manifest says, in this version and the one before. */
class ManifestTest {
  private static final Manifest MANIFEST =
      new Manifest(
          "shop",
          "print",
          "plan\ntext",
          new TrainingSchema(
              List.of("card"),
              List.of(new TrainingSchema.Column("count", ValueType.LONG)),
              new TrainingSchema.Column("fraud", ValueType.BOOLEAN),
              Map.of(
                  "count",
                  About.about("How often")
                      .unit("swipes")
                      .owner("risk")
                      .tags("a", "b")
                      .sensitive()
                      .replacedBy("other"))),
          7,
          Instant.parse("2001-01-01T00:00:00.000001Z"),
          Instant.parse("2001-01-31T00:00:00Z"),
          null,
          Map.of("late/swipes", 3L),
          List.of("swipes"),
          List.of(new Manifest.SourceFile("swipes", "a.parquet", 12, "abc")),
          "run");

  @Test
  void isReadAsItWasWritten() throws IOException {
    assertEquals(MANIFEST, Manifest.fromJson(MANIFEST.toJson()));
    assertTrue(MANIFEST.toJson().contains("\"version\" : 4"));
  }

  @Test
  void namesTheCodeThatWroteIt() {
    String version = MANIFEST.codeVersion();
    assertTrue(
        version != null && version.matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?( \\([0-9a-f]+\\))?"),
        version);
  }

  @Test
  void aBuildWithoutGitHasNoCommit() {
    Properties built = new Properties();
    built.setProperty("version", "1.2.3");
    built.setProperty("commit", "${git.commit.id.abbrev}");
    assertEquals("1.2.3", CodeVersion.of(built));
    built.setProperty("commit", "1a2b3c4");
    assertEquals("1.2.3 (1a2b3c4)", CodeVersion.of(built));
  }

  @Test
  void theFirstVersionIsReadStill() throws IOException {
    String first =
        MANIFEST
            .toJson()
            .replace("\"version\" : 4", "\"version\" : 1")
            .replaceAll("  \"codeVersion\" : \"[^\"]*\",\n", "")
            .replaceAll("  \"labelText\" : null,\n", "");
    Manifest read = Manifest.fromJson(first);
    assertNull(read.codeVersion());
    assertEquals(MANIFEST.sourceFiles(), read.sourceFiles());
    assertEquals(read, Manifest.fromJson(read.toJson()));
  }

  @Test
  void theSecondVersionSaysNothingOfTheLabel() throws IOException {
    Manifest told = MANIFEST.withLabelText("label fraud BOOLEAN from fraud");
    assertEquals(told, Manifest.fromJson(told.toJson()));
    String second =
        told.toJson()
            .replace("\"version\" : 4", "\"version\" : 2")
            .replaceAll("  \"labelText\" : \"[^\"]*\",\n", "");
    Manifest read = Manifest.fromJson(second);
    assertNull(read.labelText());
    assertEquals(told.codeVersion(), read.codeVersion());
  }

  @Test
  void anotherVersionIsRefused() {
    assertEquals(
        "its version is 5, not 4",
        assertThrows(
                IOException.class,
                () ->
                    Manifest.fromJson(
                        MANIFEST.toJson().replace("\"version\" : 4", "\"version\" : 5")))
            .getMessage());
  }
}
