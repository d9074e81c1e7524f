package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.EntityRecord;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.StateFileReader;
import dev.lockstep.beam.snapshot.StateFileWriter;
import dev.lockstep.wire.ByteReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of a shard's keys, from one snapshot to the next: both files and the shard's rows are
 * in the order of keys, so that one pass over all three suffices and one key is in memory. A
 * label's keys come last, and have files of their own: who wants what features hold needn't know of
 * them.
 */
final class ShardStates implements ShardSorter.Sink, Closeable {
  private final ShardKernel kernel;
  private final List<KeySpace> spaces;
  private final OpenFiles files;
  private final @Nullable StateFileReader before;
  private final @Nullable StateFileReader labelsBefore;
  private final StateFileWriter after;
  private final @Nullable StateFileWriter labelsAfter;
  private @Nullable StateFileReader reading;
  private @Nullable EntityRecord next;
  private @Nullable KeySpace space;
  private boolean hasKey;
  private String key = "";

  /**
   * @param files takes what it opens, also if it fails
   */
  private ShardStates(
      ShardKernel kernel, List<KeySpace> spaces, StateFolders folders, int shard, OpenFiles files)
      throws IOException {
    this.kernel = kernel;
    this.spaces = spaces;
    this.files = files;
    boolean label = spaces.stream().anyMatch(KeySpace::isLabel);
    SnapshotFolder from = folders.before();
    this.before = from == null ? null : files.add(StateFileReader.open(from.entities(shard)));
    this.labelsBefore =
        from == null || !label ? null : files.add(StateFileReader.open(from.labels(shard)));
    this.after = files.add(StateFileWriter.open(folders.after().entities(shard)));
    this.labelsAfter =
        label ? files.add(StateFileWriter.open(folders.after().labels(shard))) : null;
    this.reading = before;
  }

  static ShardStates open(
      ShardKernel kernel, List<KeySpace> spaces, StateFolders folders, int shard)
      throws IOException {
    OpenFiles files = new OpenFiles();
    try {
      ShardStates states = new ShardStates(kernel, spaces, folders, shard, files);
      states.advance();
      return states;
    } catch (IOException | RuntimeException e) {
      files.closeAfter(e);
      throw e;
    }
  }

  private void advance() throws IOException {
    ByteReader record = reading == null ? null : reading.next();
    while (record == null && reading != null) {
      reading = reading == before ? labelsBefore : null;
      record = reading == null ? null : reading.next();
    }
    next = record == null ? null : EntityRecord.read(record);
  }

  @Override
  public void begin(KeySpace nextSpace, boolean nextHasKey, String nextKey) throws IOException {
    space = nextSpace;
    hasKey = nextHasKey;
    key = nextKey;
    EntityRecord held = null;
    if (hasKey) {
      while (next != null && compare(next, nextSpace, nextKey) < 0) {
        carryOver(next);
        advance();
      }
      if (next != null && compare(next, nextSpace, nextKey) == 0) {
        held = next;
        advance();
      }
    }
    kernel.begin(nextSpace, nextKey, held);
  }

  private static int compare(EntityRecord record, KeySpace space, String key) {
    int by = Integer.compare(record.space(), space.index());
    return by != 0
        ? by
        : Arrays.compareUnsigned(
            record.key().getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void row(RoutedRow row) throws IOException {
    kernel.row(row);
  }

  @Override
  public void end() throws IOException {
    kernel.end();
    if (hasKey && space != null) {
      write(space, key);
    }
  }

  /** A key without a new row: what has grown too old for all requests to come is forgotten. */
  private void carryOver(EntityRecord held) throws IOException {
    KeySpace of = spaces.get(held.space());
    kernel.begin(of, held.key(), held);
    kernel.end();
    write(of, held.key());
  }

  private void write(KeySpace of, String ofKey) throws IOException {
    List<byte @Nullable []> states = kernel.states();
    if (states.stream().anyMatch(s -> s != null)) {
      StateFileWriter file = of.isLabel() && labelsAfter != null ? labelsAfter : after;
      new EntityRecord(of.index(), ofKey, states).write(file.next());
      file.write();
    }
  }

  /** All rows have come: writes what is left of the snapshot before. */
  void finish() throws IOException {
    while (next != null) {
      carryOver(next);
      advance();
    }
    after.end();
    if (labelsAfter != null) {
      labelsAfter.end();
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
