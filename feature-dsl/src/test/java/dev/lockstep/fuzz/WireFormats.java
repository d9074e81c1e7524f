package dev.lockstep.fuzz;

import dev.lockstep.fuzz.ByteFormat.Form;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ScoringResult;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.FeatureVectorCodec;
import dev.lockstep.wire.ModelManifest;
import dev.lockstep.wire.ScoreCalibration;
import dev.lockstep.wire.ScoringResultCodec;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The formats of {@code dev.lockstep.wire}. */
final class WireFormats {
  private static final List<ValueType> TYPES =
      List.of(
          ValueType.STRING,
          ValueType.BOOLEAN,
          ValueType.LONG,
          ValueType.DECIMAL,
          ValueType.DOUBLE,
          ValueType.INSTANT,
          ValueType.STRING,
          ValueType.DOUBLE,
          ValueType.BOOLEAN,
          ValueType.LONG);

  private static final List<String> TEXTS =
      List.of("", "card", "c-1", "|\\", "Zürich", "漢\uD83D\uDE00", "\uFFFD", "\n\t =:#!\u0000");

  private WireFormats() {}

  /** What {@link ByteReader} can read, one of each. */
  private record Forms(
      int oneByte, long varint, long signed, long fixed, String text, List<Byte> blob, int items) {}

  static ByteFormat<?> primitiveForms() {
    return format(
        ByteReader.class,
        Form.NEXT,
        bytes -> {
          ByteReader in = new ByteReader(bytes);
          Forms forms =
              new Forms(
                  in.readByte(),
                  in.readVarint(),
                  in.readSigned(),
                  in.readFixed64(),
                  in.readString(),
                  list(in.readBlob()),
                  in.readCount(2));
          in.skip(2 * forms.items);
          return forms;
        },
        forms -> {
          ByteWriter out = new ByteWriter();
          out.writeByte(forms.oneByte);
          out.writeVarint(forms.varint);
          out.writeSigned(forms.signed);
          out.writeFixed64(forms.fixed);
          out.writeString(forms.text);
          out.writeSigned(forms.blob.size());
          forms.blob.forEach(out::writeByte);
          out.writeVarint(forms.items);
          out.writeBytes(new byte[2 * forms.items]);
          return out.toByteArray();
        },
        random ->
            new Forms(
                random.nextInt(256),
                random.nextLong() >>> random.nextInt(64),
                random.nextLong() >> random.nextInt(64),
                random.nextLong(),
                text(random),
                list(text(random).getBytes(StandardCharsets.UTF_8)),
                random.nextInt(5)));
  }

  static ByteFormat<Values> values() {
    return format(
        ValuesCodec.class,
        Form.CANONICAL_NEXT,
        bytes -> ValuesCodec.read(TYPES, new ByteReader(bytes)),
        values -> {
          ByteWriter out = new ByteWriter();
          ValuesCodec.write(values, out);
          return out.toByteArray();
        },
        WireFormats::row);
  }

  static ByteFormat<FeatureVector> featureVector() {
    return format(
        FeatureVectorCodec.class,
        Form.WHOLE,
        FeatureVectorCodec::fromBytes,
        FeatureVectorCodec::toBytes,
        WireFormats::vector);
  }

  static ByteFormat<FeatureVector> typedFeatureVector() {
    return format(
        FeatureVectorCodec.class,
        Form.WHOLE,
        bytes -> FeatureVectorCodec.fromBytes(bytes, TYPES),
        FeatureVectorCodec::toBytes,
        WireFormats::vector);
  }

  static ByteFormat<ScoringResult> scoringResult() {
    return format(
        ScoringResultCodec.class,
        Form.WHOLE,
        ScoringResultCodec::fromBytes,
        ScoringResultCodec::toBytes,
        random ->
            new ScoringResult(
                text(random),
                text(random),
                entities(random),
                random.nextDouble(),
                random.nextDouble(),
                text(random),
                text(random),
                text(random),
                time(random),
                time(random),
                time(random),
                time(random),
                time(random)));
  }

  static ByteFormat<ModelManifest> modelManifest() {
    return format(
        ModelManifest.class,
        Form.NEXT, // text may end in blank lines
        ModelManifest::fromBytes,
        ModelManifest::toBytes,
        random ->
            new ModelManifest(
                    text(random),
                    text(random),
                    text(random),
                    text(random),
                    text(random) + "\n" + text(random),
                    List.of(
                        new ModelManifest.Feature(text(random), ValueType.DOUBLE),
                        new ModelManifest.Feature(text(random), ValueType.LONG)),
                    text(random),
                    random.nextDouble(),
                    Instant.ofEpochSecond(random.nextInt(), 1_000),
                    Instant.ofEpochSecond(random.nextInt()),
                    random.nextInt(),
                    Map.of("auc", random.nextDouble(), "m " + text(random), -0.0))
                .withCalibration(
                    random.nextInt(3) == 0
                        ? null
                        : new ScoreCalibration(1 - random.nextDouble(), random.nextDouble() - 0.5))
                .withTrace(
                    random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt()),
                    Map.of("threads", "2", "o " + text(random), text(random))));
  }

  static String text(SplittableRandom random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static <T> ByteFormat<T> format(
      Class<?> owner,
      Form form,
      Function<byte[], T> decode,
      Function<T, byte[]> encode,
      Function<SplittableRandom, T> example) {
    return new ByteFormat<>(
        owner, WireException.class, form, decode, encode, example, value -> value);
  }

  private static Values row(SplittableRandom random) {
    Values values = new Values(TYPES);
    for (int i = 0; i < TYPES.size(); i++) {
      if (random.nextInt(4) > 0) {
        switch (TYPES.get(i)) {
          case BOOLEAN -> values.setBoolean(i, random.nextBoolean());
          case LONG, INSTANT -> values.setLong(i, time(random));
          case DOUBLE -> values.setDouble(i, random.nextInt() / 7.0);
          case DECIMAL -> values.setBits(i, random.nextLong() >> random.nextInt(64));
          case STRING -> values.setString(i, text(random));
        }
      }
    }
    return values;
  }

  private static FeatureVector vector(SplittableRandom random) {
    return new FeatureVector(
        text(random),
        text(random),
        text(random),
        time(random),
        time(random),
        entities(random),
        row(random),
        time(random),
        time(random));
  }

  private static Map<String, String> entities(SplittableRandom random) {
    Map<String, String> entities = new LinkedHashMap<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      entities.put(text(random), text(random));
    }
    return entities;
  }

  private static long time(SplittableRandom random) {
    return random.nextLong() >> random.nextInt(64);
  }

  private static List<Byte> list(byte[] bytes) {
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }
}
