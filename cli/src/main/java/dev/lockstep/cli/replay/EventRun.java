package dev.lockstep.cli.replay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorted events in a temporary file of this process.
 *
 * <pre>
 * each event: available at, sequence (8 bytes each), source, file (4), row (8), topic's index (4),
 * event time, record timestamp (8), partition (4), key, message (each behind its length in 4)
 * </pre>
 */
final class EventRun implements ReplayCursor {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final List<String> topics;
  private final DataInputStream in;
  private @Nullable ReplayEvent next;

  private EventRun(Path file, List<String> topics) throws IOException {
    this.file = file;
    this.topics = topics;
    this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    this.next = read();
  }

  /** Writes all events of a cursor, in their order. */
  static void write(Path file, List<String> topics, ReplayCursor events) {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
      for (ReplayEvent event = events.peek(); event != null; event = events.peek()) {
        write(event, topics, out);
        events.advance();
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  static EventRun open(Path file, List<String> topics) {
    try {
      return new EventRun(file, topics);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static UncheckedIOException unusable(Path file, IOException e) {
    return new UncheckedIOException(
        new IOException(
            "the replay's temporary file "
                + file
                + " can't be used ("
                + e.getMessage()
                + ")\n    cure: make room there, or give another folder with --data",
            e));
  }

  private static void write(ReplayEvent event, List<String> topics, DataOutputStream out)
      throws IOException {
    out.writeLong(event.place().availableAtMicros());
    out.writeLong(event.place().sequence());
    out.writeInt(event.place().source());
    out.writeInt(event.place().file());
    out.writeLong(event.place().row());
    out.writeInt(topics.indexOf(event.topic()));
    out.writeLong(event.eventTimeMicros());
    out.writeLong(event.recordMillis());
    out.writeInt(event.partition());
    out.writeInt(event.key().length);
    out.write(event.key());
    out.writeInt(event.message().length);
    out.write(event.message());
  }

  private @Nullable ReplayEvent read() throws IOException {
    long availableAt;
    try {
      availableAt = in.readLong();
    } catch (EOFException end) {
      return null;
    }
    ReplayEvent.Place place =
        new ReplayEvent.Place(
            availableAt, in.readLong(), in.readInt(), in.readInt(), in.readLong());
    String topic = topics.get(in.readInt());
    long eventTime = in.readLong();
    long recordMillis = in.readLong();
    int partition = in.readInt();
    byte[] key = in.readNBytes(in.readInt());
    byte[] message = in.readNBytes(in.readInt());
    return new ReplayEvent(place, topic, key, message, eventTime, recordMillis, partition);
  }

  @Override
  public @Nullable ReplayEvent peek() {
    return next;
  }

  @Override
  public void advance() {
    try {
      next = read();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }
}
