package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.WaitingRow;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
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

  /** For each row: where its request is, then where the answers by each key of each space are. */
  private final int[] block;

  private final int[] position;
  private final int places;
  private final int[] firstPlace;
  private final Values[] results;

  /** Whether the label of the row just read isn't final. */
  private boolean undecided;

  RangeAssembler(BatchLayout layout, long range) {
    this.range = range;
    this.layout = layout;
    this.codec = new SourceRowCodec(layout.plan());
    this.firstPlace = new int[layout.spaces().size()];
    int next = 1;
    for (KeySpace space : layout.spaces()) {
      firstPlace[space.index()] = next;
      next += space.keys().size();
    }
    this.places = next;
    this.block = new int[RowGroup.RANGE_ROWS * places];
    this.position = new int[RowGroup.RANGE_ROWS * places];
    Arrays.fill(block, NOWHERE);
    this.results =
        layout.plan().asks().stream()
            .map(a -> new Values(layout.plan().branchOf(a).resultTypes()))
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
      if (!request) {
        addAnswer(in, row, number);
        continue;
      }
      if (block[row * places] != NOWHERE) {
        throw broken(row, "was asked twice");
      }
      block[row * places] = number;
      position[row * places] = in.position();
      in.readVarint();
      if (kind == WAITING) {
        in.skip((int) in.readSigned());
      } else {
        readName(in);
        codec.read(in);
      }
    }
  }

  /** Its place is that of the first key which asked: where keys are equal, one answer is of all. */
  private void addAnswer(ByteReader in, int row, int number) {
    KeySpace space = layout.spaces().get((int) in.readVarint());
    int at = in.position();
    long byKeys = readAnswers(in, space);
    int key = byKeys == 0 ? 0 : Long.numberOfTrailingZeros(byKeys);
    int place = row * places + firstPlace[space.index()] + key;
    if (block[place] != NOWHERE) {
      throw broken(row, "was answered twice by " + names(space, -1L));
    }
    block[place] = number;
    position[place] = at;
  }

  private static @Nullable String readName(ByteReader in) {
    return in.readBoolean() ? in.readString() : null;
  }

  private long readAnswers(ByteReader in, KeySpace space) {
    long byKeys = in.readVarint();
    for (int b = 0; b < space.branches().size(); b++) {
      int ask = space.firstAsk(b, byKeys);
      if (ask >= 0) {
        ValuesCodec.readInto(results[ask], in);
      }
    }
    return byKeys;
  }

  /** Takes requests that have more to ask, with the answers that they have. */
  interface FurtherSink {
    /**
     * A request, in the order of their rows.
     *
     * @param answering the asks that have been answered, as a bit set
     * @param name of one that declares no id, where its place doesn't give it
     */
    void ask(
        int row,
        long answering,
        @Nullable String name,
        SourceRow request,
        @Nullable Values[] answers);
  }

  /** Hands on the requests but for those that waited for their label: they ask nothing else. */
  void askFurther(FurtherSink sink) {
    @Nullable Values[] answers = new @Nullable Values[results.length];
    for (int row = 0; row < RowGroup.RANGE_ROWS; row++) {
      ByteReader in = readerAt(row * places);
      if (in == null || blocks.get(block[row * places])[0] == WAITING) {
        continue;
      }
      long answering = in.readVarint();
      long answered = readAnswers(row, answers);
      if (answering != answered) {
        throw broken(row, difference(answering, answered));
      }
      String name = readName(in);
      sink.ask(row, answering, name, codec.read(in), answers);
    }
  }

  /**
   * The blocks that came and hold no requests which may ask more: answers, and those that waited.
   */
  List<byte[]> others() {
    return blocks.stream().filter(bytes -> bytes[0] != REQUESTS).toList();
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
    WaitingRow row = WaitingRow.read(layout.plan().waitingTypes(), new ByteReader(in.readBlob()));
    if (undecided) {
      sink.waitsOn(row);
    } else {
      sink.waited(row, answers[layout.plan().labelAsk().orElseThrow().index()]);
    }
  }

  /** The asks of a row that were answered, as a bit set by their index. */
  private long readAnswers(int row, @Nullable Values[] answers) {
    Arrays.fill(answers, null);
    undecided = false;
    long answered = 0;
    for (KeySpace space : layout.spaces()) {
      int first = row * places + firstPlace[space.index()];
      for (int key = 0; key < space.keys().size(); key++) {
        ByteReader in = readerAt(first + key);
        if (in != null) {
          answered |= readAnswers(in, space, answers);
        }
      }
    }
    return answered;
  }

  private long readAnswers(ByteReader in, KeySpace space, @Nullable Values[] answers) {
    long byKeys = readAnswers(in, space);
    if (byKeys == 0 && space.isLabel()) {
      undecided = true;
      return 1L << space.firstAsk(0, 1);
    }
    long answered = 0;
    for (int b = 0; b < space.branches().size(); b++) {
      int ask = space.firstAsk(b, byKeys);
      if (ask >= 0) {
        answered |= space.answer(b, byKeys, results[ask], answers);
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

  private String names(long asks) {
    return layout.spaces().stream().map(s -> names(s, asks)).toList().toString();
  }

  private String names(KeySpace space, long asks) {
    return space.branches().stream()
        .flatMap(b -> layout.plan().asksOf(b).stream())
        .filter(ask -> KeyKernel.isIn(asks, ask.index()))
        .map(layout.plan()::nameOf)
        .toList()
        .toString();
  }

  private IllegalStateException broken(int row, String what) {
    return new IllegalStateException(
        "row " + row + " of range " + range + " " + what + "; the batch is not to be trusted");
  }
}
