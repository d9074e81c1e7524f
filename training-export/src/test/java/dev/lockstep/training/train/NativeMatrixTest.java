package dev.lockstep.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lockstep.training.SyntheticRows;
import dev.lockstep.training.TrainingException.Problem;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

/** Trees don't depend on how values come to XGBoost: as a heap array, or outside of the heap. */
class NativeMatrixTest {
  private static final int ROUNDS = 12;

  @Test
  void treesAreThoseOfAnArrayOnTheHeap() throws XGBoostError {
    assertSameTrees(SyntheticRows.of(4000, 5), SyntheticRows.NUMERIC);
  }

  @Test
  void treesAreThoseOfAnArrayOnTheHeapWithEmptyColumnsAndZeros() throws XGBoostError {
    long seed = 20_261_130;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<ValueType> types = List.of(ValueType.DOUBLE, ValueType.DOUBLE, ValueType.LONG);
    TrainingRows rows = new TrainingRows(List.of("none", "some", "last"), types);
    Values values = new Values(types);
    for (int i = 0; i < 3000; i++) {
      values.set(1, random.nextBoolean() ? (Double) random.nextGaussian() : null);
      values.set(2, i < 2000 ? (Long) (long) random.nextInt(3) : null);
      rows.add("r" + i, i, values, random.nextInt(3) == 0 ? 1 : 0);
    }
    assertSameTrees(rows, List.of("some", "last", "none"));
  }

  private static void assertSameTrees(TrainingRows rows, List<String> names) throws XGBoostError {
    TrainingOptions options = TrainingOptions.of(Map.of("threads", "1", "subsample", "0.6"));
    List<Problem> problems = new ArrayList<>();
    FeatureChoice choice = FeatureChoice.of(options, names, problems);
    int[] selected = IntStream.range(0, rows.size()).filter(row -> row % 5 > 0).toArray();
    byte[] ours =
        new Boosting(options, choice, rows, (round, rounds, auc) -> {}).grow(selected, ROUNDS);

    float[] array = rows.matrix(selected, rows.indexesOf(names));
    DMatrix matrix = new DMatrix(array, selected.length, names.size(), Float.NaN);
    matrix.setLabel(rows.labels(selected));
    Booster booster =
        XGBoost.train(matrix, XgbParameters.of(options, choice, 1), 0, Map.of(), null, null);
    booster.setFeatureNames(names.toArray(String[]::new));
    for (int round = 0; round < ROUNDS; round++) {
      booster.update(matrix, round);
    }
    assertArrayEquals(booster.toByteArray("ubj"), ours);
    booster.dispose();
    matrix.dispose();
  }
}
