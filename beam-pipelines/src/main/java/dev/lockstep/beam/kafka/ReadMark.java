package dev.lockstep.beam.kafka;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Where a slot of a {@link TopicSource} stands, as a checkpoint keeps it: the place and the
 * progress of each of its partitions, in bytes of ours.
 */
final class ReadMark implements UnboundedSource.CheckpointMark {

  /**
   * Where a partition stands.
   *
   * @param topicId Kafka's own id of the topic: one made anew under the same name has another
   * @param position the next record to read
   * @param progressMillis how far it is in time of availability
   */
  record Place(TopicPartition partition, Uuid topicId, long position, long progressMillis) {}

  private final List<Place> places;
  private final @Nullable Consumer<ReadMark> whenSafe;

  /**
   * @param whenSafe told when the checkpoint is complete; null for a mark that was read
   */
  ReadMark(List<Place> places, @Nullable Consumer<ReadMark> whenSafe) {
    this.places = List.copyOf(places);
    this.whenSafe = whenSafe;
  }

  List<Place> places() {
    return places;
  }

  @Override
  public void finalizeCheckpoint() {
    if (whenSafe != null) {
      ProcessFigures.checkpointComplete();
      whenSafe.accept(this);
    }
  }

  /** The bytes of a mark: a version, then the places. */
  static final class MarkCoder extends AtomicCoder<ReadMark> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    /** Of a place: an empty name, a partition, an id, a position, a progress. */
    private static final int LEAST_BYTES = 1 + 1 + 16 + 1 + 8;

    @Override
    public void encode(ReadMark mark, OutputStream out) throws IOException {
      ByteArrayCoder.of().encode(toBytes(mark), out);
    }

    @Override
    public ReadMark decode(InputStream in) throws IOException {
      return fromBytes(ByteArrayCoder.of().decode(in));
    }

    private static byte[] toBytes(ReadMark mark) {
      ByteWriter out = new ByteWriter();
      out.writeByte(VERSION);
      out.writeVarint(mark.places.size());
      for (Place place : mark.places) {
        out.writeString(place.partition.topic());
        out.writeVarint(place.partition.partition());
        out.writeFixed64(place.topicId.getMostSignificantBits());
        out.writeFixed64(place.topicId.getLeastSignificantBits());
        out.writeVarint(place.position);
        out.writeFixed64(place.progressMillis);
      }
      return out.toByteArray();
    }

    private static ReadMark fromBytes(byte[] bytes) throws IOException {
      ByteReader in = new ByteReader(bytes);
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException(
            "a checkpoint's place in topics is of version "
                + version
                + ", this reads version "
                + VERSION
                + ": start with the Lockstep that wrote it, or in a new --work folder");
      }
      List<Place> places = new ArrayList<>();
      for (int left = in.readCount(LEAST_BYTES); left > 0; left--) {
        places.add(
            new Place(
                new TopicPartition(in.readString(), Math.toIntExact(in.readVarint())),
                new Uuid(in.readFixed64(), in.readFixed64()),
                in.readVarint(),
                in.readFixed64()));
      }
      in.requireEnd("a checkpoint's place in topics");
      return new ReadMark(places, null);
    }
  }
}
