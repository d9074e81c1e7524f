package dev.lockstep.beam.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The row groups to be read, each a split of its own: a task that is free takes the next one.
 * Spread by a shuffle of random keys, one of two tasks would get a fifth more than the other.
 */
final class RowGroupSource extends BoundedSource<byte[]> {
  private static final long serialVersionUID = 1L;

  /** For runners that ask how large a source is: what a row takes, roughly. */
  private static final long ROW_BYTES = 32;

  private final ArrayList<byte[]> groups;

  RowGroupSource(List<RowGroup> groups) {
    this(new ArrayList<>(groups.stream().map(RowGroup::toBytes).toList()));
  }

  private RowGroupSource(ArrayList<byte[]> groups) {
    this.groups = groups;
  }

  @Override
  public List<RowGroupSource> split(long desiredBytes, PipelineOptions options) {
    return groups.stream().map(g -> new RowGroupSource(new ArrayList<>(List.of(g)))).toList();
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return groups.stream().mapToLong(g -> RowGroup.fromBytes(g).rows()).sum() * ROW_BYTES;
  }

  @Override
  public Coder<byte[]> getOutputCoder() {
    return ByteArrayCoder.of();
  }

  @Override
  public BoundedReader<byte[]> createReader(PipelineOptions options) {
    return new Reader();
  }

  private final class Reader extends BoundedReader<byte[]> {
    private int at = -1;

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      return ++at < groups.size();
    }

    @Override
    public byte[] getCurrent() {
      if (at < 0 || at >= groups.size()) {
        throw new NoSuchElementException("no row group is current");
      }
      return groups.get(at);
    }

    @Override
    public BoundedSource<byte[]> getCurrentSource() {
      return RowGroupSource.this;
    }

    @Override
    public void close() {}
  }
}
