package dev.lockstep.beam.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.plan.RecordSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C13: a topic of Avro stays readable when its record has got another nullable component. */
class SchemaFolderTest {
  /** Two versions of one record, as two records of one name. */
  static final class Before {
    record Sale(String id, long amount) {}
  }

  static final class After {
    record Sale(String id, long amount, @Nullable String shop) {}
  }

  @TempDir Path folder;

  @Test
  void whatARecordWasWrittenByBeforeIsKept() throws Exception {
    RecordSchema before = RecordSchema.of(Before.Sale.class);
    byte[] old = new EventEncoder(before, EventEncoder.Format.AVRO).encode(new Before.Sale("a", 5));
    SchemaFolder kept = new SchemaFolder(folder.resolve("schemas"));
    assertEquals(List.of(), kept.texts());
    kept.keep(before);
    kept.keep(before);
    kept.keep(RecordSchema.of(After.Sale.class));
    try (var files = Files.list(folder.resolve("schemas"))) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertEquals(2, names.size(), names.toString());
      names.forEach(n -> assertTrue(n.matches("Sale-[0-9a-f]{16}\\.avsc"), n));
    }
    assertTrue(
        MessageDoor.of(After.Sale.class).refused(old).startsWith("an Avro message written by"));
    assertEquals(
        "[a, 5, null]", MessageDoor.of(After.Sale.class, kept.texts()).read(old).toString());
  }

  /** A decimal of another scale has our fingerprint, but not our meaning. */
  @Test
  void aWritersOwnSchemaCountsBeforeOurs() throws Exception {
    RecordSchema record = RecordSchema.of(Priced.class);
    String theirs = EventSchema.of(record).toString().replace("\"scale\":6", "\"scale\":2");
    Files.writeString(folder.resolve("theirs.avsc"), theirs);
    SchemaFolder kept = new SchemaFolder(folder);
    kept.keep(record);
    assertEquals(List.of(theirs), kept.texts());
    byte[] ours =
        new EventEncoder(record, EventEncoder.Format.AVRO)
            .encode(new Priced(new BigDecimal("0.0125")));
    assertEquals("[125]", MessageDoor.of(Priced.class, kept.texts()).read(ours).toString());
    Files.writeString(folder.resolve("ours.avsc"), EventSchema.of(record).toString());
    IOException e = assertThrows(IOException.class, kept::texts);
    assertTrue(
        e.getMessage().startsWith(folder.resolve("theirs.avsc") + ": two schemas of "),
        e.getMessage());
  }

  record Priced(@Nullable BigDecimal price) {}

  @Test
  void aFileThatIsNoSchemaIsNamed() throws Exception {
    Path file = folder.resolve("a.avsc");
    Files.writeString(file, "{\"type\":\"recor\"}");
    Files.writeString(folder.resolve("readme.txt"), "none");
    IOException e = assertThrows(IOException.class, () -> new SchemaFolder(folder).texts());
    assertTrue(
        e.getMessage().startsWith(file + ": no Avro schema that is whole in itself: "),
        e.getMessage());
  }
}
