package dev.lockstep.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Every decoder of bytes in this module: the one list that the seeded test, the fuzzer and the test
 * of completeness share.
 */
enum Decoder {
  PRIMITIVE_FORMS(WireFormats.primitiveForms()),
  VALUES(WireFormats.values()),
  FEATURE_VECTOR(WireFormats.featureVector()),
  TYPED_FEATURE_VECTOR(WireFormats.typedFeatureVector()),
  SCORING_RESULT(WireFormats.scoringResult()),
  MODEL_MANIFEST(WireFormats.modelManifest()),
  SOURCE_ROW(KernelFormats.sourceRow()),
  BRANCH_ROW(KernelFormats.branchRow()),
  ENTITY_STATE(KernelFormats.entityState()),
  BLOCKED_STATE(KernelFormats.blockedState()),
  STATE_MARK(KernelFormats.stateMark()),
  STATE_MIGRATION(KernelFormats.stateMigration()),
  LABEL_STATE(KernelFormats.labelState()),
  TABLE_VERSIONS(KernelFormats.tableVersions()),
  TABLE_STATE(KernelFormats.tableState()),
  LONG_SUM(ExactFormats.longSum()),
  DOUBLE_SUM(ExactFormats.doubleSum()),
  LONG_MEAN(ExactFormats.longMean()),
  DOUBLE_MEAN(ExactFormats.doubleMean()),
  LONG_MOMENTS(ExactFormats.longMoments()),
  DOUBLE_MOMENTS(ExactFormats.doubleMoments());

  private static final long EXAMPLES_SEED = 20261122;
  private static final int EXAMPLES = 40;
  private static final int MOST_ARBITRARY_BYTES = 200;

  private final ByteFormat<?> format;
  private final List<byte[]> examples = new ArrayList<>();

  Decoder(ByteFormat<?> format) {
    this.format = format;
  }

  Class<?> owner() {
    return format.owner();
  }

  /** Bytes that valid values have; always the same. */
  synchronized List<byte[]> examples() {
    if (examples.isEmpty()) {
      SplittableRandom random = new SplittableRandom(EXAMPLES_SEED);
      for (int i = 0; i < EXAMPLES; i++) {
        examples.add(format.exampleBytes(random));
      }
    }
    return examples;
  }

  /** One input: a few arbitrary bytes now and then, else an example with some damage. */
  byte[] input(Choices choices) {
    return choices.below(4) == 0
        ? choices.bytes(MOST_ARBITRARY_BYTES)
        : Damage.of(examples(), choices);
  }

  /** Whether bytes are read; fails where the format's promise is broken. */
  boolean check(byte[] bytes) {
    return format.check(bytes);
  }
}
