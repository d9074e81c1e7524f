package dev.lockstep.beam.stream;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;

/**
 * What travels to a request's id, as bytes (not stored beyond the job).
 *
 * <pre>
 * kind          one byte: 0 request, 1 answer, 2 retraction of a request
 * request, retraction:
 *   answering   varint, the bit set of the branches that will answer
 *   row         {@link SourceRowCodec}
 * answer:
 *   branch      varint
 *   values      {@link ValuesCodec}
 * </pre>
 */
final class JoinMessage {
  static final int REQUEST = 0;
  static final int ANSWER = 1;
  static final int RETRACTION = 2;

  private final FeaturePlan plan;
  private final SourceRowCodec rows;

  JoinMessage(FeaturePlan plan) {
    this.plan = plan;
    this.rows = new SourceRowCodec(plan);
  }

  /** A request and the branches that will answer it. */
  record Request(long answering, SourceRow row) {}

  /** The answer of one branch. */
  record Answer(int branch, Values values) {}

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

  byte[] answer(int branch, Values values) {
    ByteWriter out = new ByteWriter();
    out.writeByte(ANSWER);
    out.writeVarint(branch);
    ValuesCodec.write(values, out);
    return out.toByteArray();
  }

  Request readRequest(byte[] message) {
    ByteReader in = new ByteReader(message);
    in.readByte();
    return new Request(in.readVarint(), rows.read(in));
  }

  static int branchOf(byte[] answer) {
    ByteReader in = new ByteReader(answer);
    in.readByte();
    return (int) in.readVarint();
  }

  Answer readAnswer(byte[] message) {
    ByteReader in = new ByteReader(message);
    in.readByte();
    int branch = (int) in.readVarint();
    return new Answer(branch, ValuesCodec.read(plan.branches().get(branch).resultTypes(), in));
  }
}
