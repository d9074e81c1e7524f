package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.EntityRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs the kernel of each space over a shard's keys. */
final class ShardKernel implements ShardSorter.Sink {
  private final List<KeyKernel> kernels;
  private final KeyKernel.Sink sink;
  private final long cutMicros;
  private @Nullable KeyKernel current;

  /** Tells which keys nothing was known of; null where no spine asks. */
  private final @Nullable UnknownKeys unknown;

  private ShardKernel(BatchLayout layout, Definition definition, KeyKernel.Sink sink) {
    this.sink = sink;
    this.cutMicros = definition.untilMicros();
    this.unknown = definition.settings().spine() ? new UnknownKeys(layout.plan()) : null;
    this.kernels =
        layout.spaces().stream().map(space -> kernel(layout, space, definition)).toList();
  }

  private static KeyKernel kernel(BatchLayout layout, KeySpace space, Definition definition) {
    int asks = layout.plan().asks().size();
    if (space.isLabel()) {
      return new LabelKernel(space, layout, definition);
    }
    return definition.settings().copying()
        ? new CopyKernel(space, asks)
        : new KnowledgeKernel(space, asks);
  }

  @Override
  public void begin(KeySpace space, boolean hasKey, String key) throws IOException {
    begin(space, key, null);
  }

  /** A key begins, of which something is held from before. */
  void begin(KeySpace space, String key, @Nullable EntityRecord held) throws IOException {
    current = kernels.get(space.index());
    current.begin(key, held);
    if (unknown != null) {
      unknown.begin(space);
    }
  }

  /** What the branches of the key hold at the cut, for the next run; null where it is nothing. */
  List<byte @Nullable []> states() {
    return running().states(cutMicros);
  }

  /**
   * Computes a shard, with what is held of its keys where anything is.
   *
   * @return counts by name, of keys that a spine asks for and of labels
   */
  static Map<String, Long> run(
      ShardSorter sorter, BatchLayout layout, Definition definition, int shard, KeyKernel.Sink sink)
      throws IOException {
    ShardKernel kernel = new ShardKernel(layout, definition, sink);
    StateFolders folders = definition.states();
    if (folders == null) {
      sorter.forEach(kernel);
      return kernel.counts();
    }
    try (ShardStates states = ShardStates.open(kernel, layout.spaces(), folders, shard)) {
      sorter.forEach(states);
      states.finish();
    }
    return kernel.counts();
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>(unknown == null ? Map.of() : unknown.counts());
    kernels.forEach(k -> k.counts().forEach((name, n) -> counts.merge(name, n, Long::sum)));
    return counts;
  }

  @Override
  public void row(RoutedRow row) throws IOException {
    if (unknown != null) {
      unknown.row(row);
    }
    running().row(row, sink);
  }

  @Override
  public void end() throws IOException {
    if (unknown != null) {
      unknown.end();
    }
    running().end(sink);
  }

  private KeyKernel running() {
    if (current == null) {
      throw new IllegalStateException("no key has begun");
    }
    return current;
  }
}
