package dev.lockstep.training.compare;

import dev.lockstep.beam.write.Manifest;
import dev.lockstep.plan.PlanReading;
import dev.lockstep.training.TrainingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether training sets hold the same rows: every column of every row, bit by bit as the files
 * store them, whatever the order of rows, parts and columns.
 *
 * <p>Rows are compared by sums of 128-bit hashes first, in memory that doesn't grow with them; only
 * where sums differ are rows looked at. The hash is for accidents, not against somebody who looks
 * for collisions.
 */
public final class SameRows {
  /** The most differing rows shown. */
  public static final int SHOWN = 10;

  /**
   * What a comparison found.
   *
   * @param rows of the first
   * @param columns of the first
   * @param digest 32 digits that stand for the first's rows
   * @param differences for people; empty if there are none
   */
  public record Comparison(long rows, int columns, String digest, List<String> differences) {
    public Comparison {
      differences = List.copyOf(differences);
    }

    public boolean identical() {
      return differences.isEmpty();
    }
  }

  private SameRows() {}

  /**
   * Compares each training set with the first.
   *
   * @param folders two or more
   * @throws dev.lockstep.beam.write.TrainingSetException if a folder is no training set
   * @throws TrainingException if a part can't be read
   */
  public static Comparison of(List<Path> folders) {
    if (folders.size() < 2) {
      throw new TrainingException("there is nothing to compare with", "give two folders or more");
    }
    StoredRows first = StoredRows.of(folders.get(0));
    List<StoredColumn> columns = first.columns();
    RowDigest digest = digest(first);
    List<String> differences = new ArrayList<>();
    for (Path folder : folders.subList(1, folders.size())) {
      differences.addAll(differences(first, columns, digest, StoredRows.of(folder)));
    }
    return new Comparison(digest.rows(), columns.size(), digest.text(), differences);
  }

  /**
   * Stands for the rows of a training set, whatever their order and parts: 32 digits.
   *
   * @throws dev.lockstep.beam.write.TrainingSetException if the folder is no training set
   * @throws TrainingException if a part can't be read, or rows are missing
   */
  public static String digest(Path folder) {
    return digest(StoredRows.of(folder)).text();
  }

  private static RowDigest digest(StoredRows stored) {
    RowDigest digest = RowDigest.of(stored);
    if (digest.rows() != stored.manifest().rows()) {
      throw new TrainingException(
          stored.folder()
              + " holds "
              + digest.rows()
              + " rows where its manifest says "
              + stored.manifest().rows(),
          "write the training set again");
    }
    return digest;
  }

  private static List<String> differences(
      StoredRows first, List<StoredColumn> columns, RowDigest digest, StoredRows other) {
    List<String> found = new ArrayList<>();
    Manifest a = first.manifest();
    Manifest b = other.manifest();
    String pair = first.folder() + " and " + other.folder();
    if (!a.fingerprint().equals(b.fingerprint())) {
      found.add(
          pair
              + " are of different plans: fingerprints "
              + a.fingerprint()
              + " and "
              + b.fingerprint());
    }
    if (a.labelText() != null && b.labelText() != null && !a.labelText().equals(b.labelText())) {
      found.add(
          pair
              + " have different labels: ["
              + PlanReading.of(a.labelText())
              + "] and ["
              + PlanReading.of(b.labelText())
              + "]");
    }
    List<String> declared = StoredRows.declared(columns);
    List<String> others = StoredRows.declared(other.columns());
    if (!declared.equals(others)) {
      found.add(
          pair
              + " have different columns, so their rows aren't compared; only the first has "
              + without(declared, others)
              + ", only the second "
              + without(others, declared));
      return found;
    }
    RowDigest otherDigest = digest(other);
    if (digest.rows() != otherDigest.rows()) {
      found.add(pair + " have " + digest.rows() + " and " + otherDigest.rows() + " rows");
    }
    List<Integer> groups = digest.differing(otherDigest);
    if (!groups.isEmpty()) {
      List<String> rows = new RowDifferences(first, other, SHOWN).in(groups);
      found.add(pair + " differ, " + (rows.size() < SHOWN ? "in" : "first in") + " these rows:");
      found.addAll(rows);
    }
    return found;
  }

  private static List<String> without(List<String> from, List<String> what) {
    return from.stream().filter(c -> !what.contains(c)).toList();
  }
}
