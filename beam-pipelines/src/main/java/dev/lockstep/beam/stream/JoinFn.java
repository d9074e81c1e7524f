package dev.lockstep.beam.stream;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a request and the answers to all that it asks are there, by count: no timer, because
 * branches never drop. Keyed by the request's copy, see {@link StreamFeatures#joinKey}.
 *
 * <p>State and output: the messages so far, each behind its length.
 */
final class JoinFn extends DoFn<KV<byte[], byte[]>, byte[]> {
  private static final long serialVersionUID = 1L;

  private final FeatureSet<?> set;
  private transient JoinMessage messages;

  @StateId("parts")
  private final StateSpec<ValueState<byte[]>> partsSpec = StateSpecs.value(ByteArrayCoder.of());

  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  JoinFn(FeatureSet<?> set) {
    this.set = set;
  }

  @Setup
  public void setup() {
    messages = new JoinMessage(FeaturePlan.of(set));
  }

  @ProcessElement
  public void process(
      @Element KV<byte[], byte[]> element,
      @StateId("parts") ValueState<byte[]> parts,
      OutputReceiver<byte[]> out) {
    List<byte[]> collected = split(parts.read());
    take(element.getValue(), collected);
    byte[] joined = join(collected);
    if (isComplete(collected)) {
      parts.clear();
      out.output(joined);
    } else if (collected.isEmpty()) {
      parts.clear();
    } else {
      parts.write(joined);
    }
  }

  private static void take(byte[] message, List<byte[]> collected) {
    if (JoinMessage.kindOf(message) == JoinMessage.RETRACTION) {
      collected.removeIf(m -> JoinMessage.kindOf(m) == JoinMessage.REQUEST);
    } else {
      collected.add(message);
    }
  }

  private boolean isComplete(List<byte[]> collected) {
    long wanted = -1;
    long answered = 0;
    for (byte[] message : collected) {
      if (JoinMessage.kindOf(message) == JoinMessage.REQUEST) {
        wanted = messages.readRequest(message).answering();
      } else {
        answered |= messages.answeredBy(message);
      }
    }
    return wanted >= 0 && (wanted & ~answered) == 0;
  }

  static List<byte[]> split(byte @Nullable [] joined) {
    List<byte[]> messages = new ArrayList<>();
    if (joined != null) {
      ByteReader in = new ByteReader(joined);
      while (in.remaining() > 0) {
        messages.add(in.readBlob());
      }
    }
    return messages;
  }

  private static byte[] join(List<byte[]> messages) {
    ByteWriter out = new ByteWriter();
    messages.forEach(out::writeBlob);
    return out.toByteArray();
  }
}
