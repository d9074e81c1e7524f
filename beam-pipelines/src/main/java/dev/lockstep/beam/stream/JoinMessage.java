package dev.lockstep.beam.stream;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import org.jspecify.annotations.Nullable;

/**
 * What travels to a request's id, as bytes (not stored beyond the job).
 *
 * <pre>
 * kind          one byte: 0 request, 1 answer, 2 retraction of a request
 * request, retraction:
 *   answering   varint, the bit set of the asks that will be answered
 *   row         {@link SourceRowCodec}
 * answer:
 *   branch      varint
 *   asks        varint, the bit set of those of the branch's asks that it answers
 *   values      {@link ValuesCodec}
 * </pre>
 */
final class JoinMessage {
  static final int REQUEST = 0;
  static final int ANSWER = 1;
  static final int RETRACTION = 2;

  private final FeaturePlan plan;
  private final SourceRowCodec rows;

  /** The first ask of each branch. */
  private final int[] firstAsk;

  JoinMessage(FeaturePlan plan) {
    this.plan = plan;
    this.rows = new SourceRowCodec(plan);
    this.firstAsk = plan.branches().stream().mapToInt(b -> plan.asksOf(b).get(0).index()).toArray();
  }

  /** A request and the asks that will be answered, as a bit set. */
  record Request(long answering, SourceRow row) {}

  /** The answer of one branch to some asks, as a bit set. */
  record Answer(long asks, Values values) {
    /** Puts it where the vector is made of: by ask index. */
    void giveTo(@Nullable Values[] answers) {
      for (long left = asks; left != 0; left &= left - 1) {
        answers[Long.numberOfTrailingZeros(left)] = values;
      }
    }
  }

  static int kindOf(byte[] message) {
    return message[0];
  }

  byte[] request(boolean isRetraction, long answering, SourceRow row) {
    ByteWriter out = new ByteWriter(96);
    out.writeByte(isRetraction ? RETRACTION : REQUEST);
    out.writeVarint(answering);
    rows.write(row, out);
    return out.toByteArray();
  }

  /**
   * An answer.
   *
   * @param asks which of the branch's asks it answers, as a bit set by their place among them
   */
  byte[] answer(int branch, long asks, Values values) {
    ByteWriter out = new ByteWriter();
    out.writeByte(ANSWER);
    out.writeVarint(branch);
    out.writeVarint(asks);
    ValuesCodec.write(values, out);
    return out.toByteArray();
  }

  Request readRequest(byte[] message) {
    ByteReader in = new ByteReader(message);
    in.readByte();
    return new Request(in.readVarint(), rows.read(in));
  }

  /** The asks that a message answers, as a bit set. */
  long answeredBy(byte[] answer) {
    ByteReader in = new ByteReader(answer);
    in.readByte();
    return asks((int) in.readVarint(), in.readVarint());
  }

  private long asks(int branch, long places) {
    return places << firstAsk[branch];
  }

  Answer readAnswer(byte[] message) {
    ByteReader in = new ByteReader(message);
    in.readByte();
    int branch = (int) in.readVarint();
    return new Answer(
        asks(branch, in.readVarint()),
        ValuesCodec.read(plan.branches().get(branch).resultTypes(), in));
  }
}
