package dev.lockstep.beam.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Values as they are, but only so many bytes of them a poll: a batch of a mebibyte may be
 * compressed from a gibibyte of records, which the consumer would hand out at once.
 *
 * <p>Beyond the bound it throws: the consumer then hands out what it has, and asks for the same
 * record again at the next poll. The first record of a poll is always handed out. One thread's.
 */
final class BoundedPoll implements Deserializer<byte[]> {
  private final long mostBytes;
  private long bytes;

  BoundedPoll(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Begins a poll. */
  void begin() {
    bytes = 0;
  }

  @Override
  public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
    take(data == null ? 0 : data.length);
    return data;
  }

  @Override
  public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    take(data == null ? 0 : data.remaining()); // before room is made for it
    return data == null ? null : Utils.toArray(data);
  }

  private void take(int length) {
    if (bytes > 0 && bytes + length > mostBytes) {
      throw new SerializationException("enough for one poll");
    }
    bytes += Math.max(1, length);
  }
}
