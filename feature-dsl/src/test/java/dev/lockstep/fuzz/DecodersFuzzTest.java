package dev.lockstep.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Coverage-guided fuzzing of every {@link Decoder}, one method each; CONTRIBUTING.md has the
 * command. Only where it is asked for: Jazzer instruments the whole JVM, which the other tests
 * share. {@link DecodersTest} runs the same checks in every build.
 */
@EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = ".+")
class DecodersFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void primitiveForms(FuzzedDataProvider data) {
    fuzz(Decoder.PRIMITIVE_FORMS, data);
  }

  @FuzzTest(maxDuration = "1m")
  void values(FuzzedDataProvider data) {
    fuzz(Decoder.VALUES, data);
  }

  @FuzzTest(maxDuration = "1m")
  void featureVector(FuzzedDataProvider data) {
    fuzz(Decoder.FEATURE_VECTOR, data);
  }

  @FuzzTest(maxDuration = "1m")
  void typedFeatureVector(FuzzedDataProvider data) {
    fuzz(Decoder.TYPED_FEATURE_VECTOR, data);
  }

  @FuzzTest(maxDuration = "1m")
  void scoringResult(FuzzedDataProvider data) {
    fuzz(Decoder.SCORING_RESULT, data);
  }

  @FuzzTest(maxDuration = "1m")
  void modelManifest(FuzzedDataProvider data) {
    fuzz(Decoder.MODEL_MANIFEST, data);
  }

  @FuzzTest(maxDuration = "1m")
  void sourceRow(FuzzedDataProvider data) {
    fuzz(Decoder.SOURCE_ROW, data);
  }

  @FuzzTest(maxDuration = "1m")
  void branchRow(FuzzedDataProvider data) {
    fuzz(Decoder.BRANCH_ROW, data);
  }

  @FuzzTest(maxDuration = "1m")
  void entityState(FuzzedDataProvider data) {
    fuzz(Decoder.ENTITY_STATE, data);
  }

  @FuzzTest(maxDuration = "1m")
  void blockedState(FuzzedDataProvider data) {
    fuzz(Decoder.BLOCKED_STATE, data);
  }

  @FuzzTest(maxDuration = "1m")
  void stateMark(FuzzedDataProvider data) {
    fuzz(Decoder.STATE_MARK, data);
  }

  @FuzzTest(maxDuration = "1m")
  void stateMigration(FuzzedDataProvider data) {
    fuzz(Decoder.STATE_MIGRATION, data);
  }

  @FuzzTest(maxDuration = "1m")
  void tableVersions(FuzzedDataProvider data) {
    fuzz(Decoder.TABLE_VERSIONS, data);
  }

  @FuzzTest(maxDuration = "1m")
  void tableState(FuzzedDataProvider data) {
    fuzz(Decoder.TABLE_STATE, data);
  }

  @FuzzTest(maxDuration = "1m")
  void labelState(FuzzedDataProvider data) {
    fuzz(Decoder.LABEL_STATE, data);
  }

  @FuzzTest(maxDuration = "1m")
  void longSum(FuzzedDataProvider data) {
    fuzz(Decoder.LONG_SUM, data);
  }

  @FuzzTest(maxDuration = "1m")
  void doubleSum(FuzzedDataProvider data) {
    fuzz(Decoder.DOUBLE_SUM, data);
  }

  @FuzzTest(maxDuration = "1m")
  void longMean(FuzzedDataProvider data) {
    fuzz(Decoder.LONG_MEAN, data);
  }

  @FuzzTest(maxDuration = "1m")
  void doubleMean(FuzzedDataProvider data) {
    fuzz(Decoder.DOUBLE_MEAN, data);
  }

  @FuzzTest(maxDuration = "1m")
  void longMoments(FuzzedDataProvider data) {
    fuzz(Decoder.LONG_MOMENTS, data);
  }

  @FuzzTest(maxDuration = "1m")
  void doubleMoments(FuzzedDataProvider data) {
    fuzz(Decoder.DOUBLE_MOMENTS, data);
  }

  private static void fuzz(Decoder decoder, FuzzedDataProvider data) {
    byte[] input =
        data.consumeBoolean()
            ? Damage.of(decoder.examples(), Choices.of(data))
            : data.consumeRemainingAsBytes();
    decoder.check(input);
  }
}
