package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.WaitingRow;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.Branch;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ValuesCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the requests of one range and what the shards answered together, by place; refuses a row
 * that was answered twice, not at all, or never asked. What came stays in its bytes until its row's
 * turn.
 */
final class RangeAssembler {
  /** The first byte of a block of requests, as {@link RowRouter} writes them. */
  static final int REQUESTS = 0;

  /** The first byte of a block of answers, as {@link AnswerShard} writes them. */
  static final int ANSWERS = 1;

  /** The first byte of a block of requests that waited, as {@link ReadWaiting} writes them. */
  static final int WAITING = 2;

  private static final int NOWHERE = -1;

  private final long range;
  private final BatchLayout layout;
  private final SourceRowCodec codec;
  private final List<byte[]> blocks = new ArrayList<>();

  /** For each row: where its request is, then where the answers of each space are. */
  private final int[] block;

  private final int[] position;
  private final int places;
  private final Values[] results;

  /** Whether the label of the row just read isn't final. */
  private boolean undecided;

  RangeAssembler(BatchLayout layout, long range) {
    this.range = range;
    this.layout = layout;
    this.codec = new SourceRowCodec(layout.plan());
    this.places = 1 + layout.spaces().size();
    this.block = new int[RowGroup.RANGE_ROWS * places];
    this.position = new int[RowGroup.RANGE_ROWS * places];
    Arrays.fill(block, NOWHERE);
    this.results =
        layout.plan().branches().stream()
            .map(b -> new Values(b.resultTypes()))
            .toArray(Values[]::new);
  }

  /** Takes in a block of requests or of answers, in any order. */
  void add(byte[] bytes) {
    int number = blocks.size();
    blocks.add(bytes);
    ByteReader in = new ByteReader(bytes);
    int kind = in.readByte();
    boolean request = kind != ANSWERS;
    while (in.remaining() > 0) {
      int row = (int) in.readVarint();
      int space = request ? -1 : (int) in.readVarint();
      int place = row * places + 1 + space;
      if (block[place] != NOWHERE) {
        throw broken(
            row,
            request
                ? "was asked twice"
                : "was answered twice by " + names(layout.spaces().get(space), -1L));
      }
      block[place] = number;
      position[place] = in.position();
      if (kind == WAITING) {
        in.readVarint();
        in.skip((int) in.readSigned());
      } else if (request) {
        in.readVarint();
        readName(in);
        codec.read(in);
      } else {
        readAnswers(in, layout.spaces().get(space));
      }
    }
  }

  private static @Nullable String readName(ByteReader in) {
    return in.readBoolean() ? in.readString() : null;
  }

  private long readAnswers(ByteReader in, KeySpace space) {
    long mask = in.readVarint();
    for (int b = 0; b < space.branches().size(); b++) {
      if (KeyKernel.isIn(mask, b)) {
        ValuesCodec.readInto(results[space.branches().get(b).index()], in);
      }
    }
    return mask;
  }

  /** Hands on the requests with their answers, in the order of their rows. */
  void assemble(RowNames names, RowSink sink) throws IOException {
    @Nullable Values[] answers = new @Nullable Values[results.length];
    for (int row = 0; row < RowGroup.RANGE_ROWS; row++) {
      ByteReader in = readerAt(row * places);
      long answering = in == null ? 0 : in.readVarint();
      long answered = readAnswers(row, answers);
      if (answering != answered) {
        throw broken(row, difference(answering, answered));
      }
      if (in == null) {
        continue;
      }
      if (blocks.get(block[row * places])[0] == WAITING) {
        waited(in, answers, sink);
        continue;
      }
      String name = readName(in);
      SourceRow request = codec.read(in);
      String id = request.id() != null ? request.id() : name;
      if (undecided) {
        sink.waits(request, id != null ? id : names.name(range, row), answers);
      } else {
        sink.row(request, id != null ? id : names.name(range, row), answers);
      }
    }
  }

  private void waited(ByteReader in, @Nullable Values[] answers, RowSink sink) throws IOException {
    WaitingRow row = WaitingRow.read(layout.plan().featureTypes(), new ByteReader(in.readBlob()));
    if (undecided) {
      sink.waitsOn(row);
    } else {
      sink.waited(row, answers[layout.plan().label().orElseThrow().index()]);
    }
  }

  /** The branches that answered a row, as a bit set by branch index. */
  private long readAnswers(int row, @Nullable Values[] answers) {
    Arrays.fill(answers, null);
    undecided = false;
    long answered = 0;
    for (KeySpace space : layout.spaces()) {
      ByteReader in = readerAt(row * places + 1 + space.index());
      if (in == null) {
        continue;
      }
      long mask = readAnswers(in, space);
      if (mask == 0 && space.isLabel()) {
        undecided = true;
        answered |= 1L << space.branches().get(0).index();
      }
      for (int b = 0; b < space.branches().size(); b++) {
        if (KeyKernel.isIn(mask, b)) {
          int branch = space.branches().get(b).index();
          answers[branch] = results[branch];
          answered |= 1L << branch;
        }
      }
    }
    return answered;
  }

  private @Nullable ByteReader readerAt(int place) {
    if (block[place] == NOWHERE) {
      return null;
    }
    byte[] bytes = blocks.get(block[place]);
    return new ByteReader(bytes, position[place], bytes.length);
  }

  private String difference(long answering, long answered) {
    long missing = answering & ~answered;
    return missing != 0
        ? "was not answered by " + names(missing)
        : "was not asked of " + names(answered & ~answering);
  }

  private String names(long branches) {
    return layout.spaces().stream().map(s -> names(s, branches)).toList().toString();
  }

  private static String names(KeySpace space, long branches) {
    return space.branches().stream()
        .filter(b -> KeyKernel.isIn(branches, b.index()))
        .map(Branch::name)
        .toList()
        .toString();
  }

  private IllegalStateException broken(int row, String what) {
    return new IllegalStateException(
        "row " + row + " of range " + range + " " + what + "; the batch is not to be trusted");
  }
}
