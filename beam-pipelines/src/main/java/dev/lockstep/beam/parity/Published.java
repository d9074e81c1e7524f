package dev.lockstep.beam.parity;

import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.FeatureVectorCodec;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A vector of a request, as the batch computes it or as a topic holds it.
 *
 * <pre>
 * published         one byte
 * partition, offset varints, if published
 * timestamp         zigzag varint, if published
 * vector            {@link FeatureVectorCodec}'s bytes as blob
 * </pre>
 *
 * @param place where a topic holds it; null for the batch's
 */
record Published(@Nullable Place place, FeatureVector vector) {

  /**
   * A record's place in its topic.
   *
   * @param timestampMillis of the record: orders places of several partitions, which no request has
   *     as long as their number stands
   */
  record Place(int partition, long offset, long timestampMillis) {
    /** In the order in which they were published. */
    static final Comparator<Place> ORDER =
        (a, b) -> {
          int by =
              a.partition == b.partition ? 0 : Long.compare(a.timestampMillis, b.timestampMillis);
          by = by != 0 ? by : Integer.compare(a.partition, b.partition);
          return by != 0 ? by : Long.compare(a.offset, b.offset);
        };

    static Place of(ConsumerRecord<byte[], byte[]> record) {
      return new Place(record.partition(), record.offset(), record.timestamp());
    }
  }

  static byte[] ofBatch(FeatureVector vector) {
    ByteWriter out = new ByteWriter();
    out.writeByte(0);
    out.writeBlob(FeatureVectorCodec.toBytes(vector));
    return out.toByteArray();
  }

  /** The bytes of a vector whose message is at a place. */
  static byte[] ofTopic(Place place, byte[] message) {
    ByteWriter out = new ByteWriter();
    out.writeByte(1);
    out.writeVarint(place.partition());
    out.writeVarint(place.offset());
    out.writeSigned(place.timestampMillis());
    out.writeBlob(message);
    return out.toByteArray();
  }

  static Published read(byte[] bytes, List<ValueType> types) {
    ByteReader in = new ByteReader(bytes);
    Place place =
        in.readBoolean()
            ? new Place((int) in.readVarint(), in.readVarint(), in.readSigned())
            : null;
    return new Published(place, FeatureVectorCodec.fromBytes(in.readBlob(), types));
  }
}
