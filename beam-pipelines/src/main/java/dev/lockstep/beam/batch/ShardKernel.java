package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.EntityRecord;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the kernel of each space over a shard's keys. */
final class ShardKernel implements ShardSorter.Sink {
  private final List<KeyKernel> kernels;
  private final KeyKernel.Sink sink;
  private final long cutMicros;
  private @Nullable KeyKernel current;

  private ShardKernel(BatchLayout layout, Definition definition, KeyKernel.Sink sink) {
    this.sink = sink;
    this.cutMicros = definition.untilMicros();
    this.kernels =
        layout.spaces().stream().map(space -> kernel(layout, space, definition)).toList();
  }

  private static KeyKernel kernel(BatchLayout layout, KeySpace space, Definition definition) {
    int branches = layout.plan().branches().size();
    if (space.isLabel()) {
      return new LabelKernel(space, layout, definition);
    }
    return definition.settings().copying()
        ? new CopyKernel(space, branches)
        : new KnowledgeKernel(space, branches);
  }

  @Override
  public void begin(KeySpace space, boolean hasKey, String key) throws IOException {
    begin(space, key, null);
  }

  /** A key begins, of which something is held from before. */
  void begin(KeySpace space, String key, @Nullable EntityRecord held) throws IOException {
    current = kernels.get(space.index());
    current.begin(key, held);
  }

  /** What the branches of the key hold at the cut, for the next run; null where it is nothing. */
  List<byte @Nullable []> states() {
    return running().states(cutMicros);
  }

  /** Computes a shard, with what is held of its keys where anything is. */
  static void run(
      ShardSorter sorter, BatchLayout layout, Definition definition, int shard, KeyKernel.Sink sink)
      throws IOException {
    ShardKernel kernel = new ShardKernel(layout, definition, sink);
    StateFolders folders = definition.states();
    if (folders == null) {
      sorter.forEach(kernel);
      return;
    }
    try (ShardStates states = ShardStates.open(kernel, layout.spaces(), folders, shard)) {
      sorter.forEach(states);
      states.finish();
    }
  }

  @Override
  public void row(RoutedRow row) throws IOException {
    running().row(row, sink);
  }

  @Override
  public void end() throws IOException {
    running().end(sink);
  }

  private KeyKernel running() {
    if (current == null) {
      throw new IllegalStateException("no key has begun");
    }
    return current;
  }
}
