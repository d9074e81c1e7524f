package dev.lockstep.beam.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of other versions are refused with what helps (C13). */
class SnapshotVersionTest {
  @TempDir Path folder;

  private String refused(String json) throws Exception {
    SnapshotFolder snapshot = new SnapshotFolder(folder.toString());
    Files.writeString(snapshot.manifest(), json);
    return String.valueOf(
        assertThrows(SnapshotException.class, () -> Snapshot.read(snapshot)).getMessage());
  }

  /** Its day can't be done again: that goes on from the day before, which is as old. */
  @Test
  void anOlderOneAsksForAllDays() throws Exception {
    String message = refused("{\"version\": 1, \"fingerprint\": \"x\"}");
    assertEquals(
        "the snapshot in "
            + folder
            + " was written by an older Lockstep: its version is 1, this one's 2\n    cure:"
            + " backfill all days into another folder",
        message);
  }

  @Test
  void aNewerOneAsksForItsLockstep() throws Exception {
    String message = refused("{\"version\": 3}");
    assertTrue(message.contains("a newer Lockstep: its version is 3"), message);
    assertTrue(message.contains("cure: use that one, or backfill all days"), message);
  }

  @Test
  void oneWithoutVersionIsDamaged() throws Exception {
    String message = refused("{\"fingerprint\": \"x\"}");
    assertTrue(message.contains("can't be read"), message);
    assertFalse(message.contains("Lockstep"), message);
  }
}
