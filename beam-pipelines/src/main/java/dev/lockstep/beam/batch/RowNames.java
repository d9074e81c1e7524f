package dev.lockstep.beam.batch;

import dev.lockstep.beam.write.Manifest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What requests are called whose source declares no id: {@code 1f0c2a9b#1234}, the beginning of
 * their file's SHA-256 and their row in it. The same in every run that reads the file, wherever it
 * lies and whatever else is read.
 *
 * @param files by range; empty for requests that come from a collection
 * @param firstRows by range, the row in the file of the range's first
 */
record RowNames(List<String> files, List<Long> firstRows) implements Serializable {
  private static final int DIGITS = 8;

  /** For requests that come from a collection, and are called by their bundle and place. */
  static final RowNames NONE = new RowNames(List.of(), List.of());

  RowNames {
    files = new ArrayList<>(files);
    firstRows = new ArrayList<>(firstRows);
  }

  static RowNames of(List<RowGroup> groups, List<Manifest.SourceFile> sourceFiles) {
    Map<String, String> digests = new HashMap<>();
    sourceFiles.forEach(f -> digests.put(f.path(), f.sha256()));
    List<String> files = new ArrayList<>();
    List<Long> firstRows = new ArrayList<>();
    for (RowGroup group : groups) {
      String digest = digests.getOrDefault(group.path(), group.path());
      for (long range = group.firstRange(); range < group.endRange(); range++) {
        files.add(digest.substring(0, Math.min(DIGITS, digest.length())));
        firstRows.add(group.firstRow() + (range - group.firstRange()) * RowGroup.RANGE_ROWS);
      }
    }
    return new RowNames(files, firstRows);
  }

  /** The name of a row of a range. */
  String name(long range, int row) {
    return range >= 0 && range < files.size()
        ? files.get((int) range) + "#" + (firstRows.get((int) range) + row)
        : Long.toHexString(range) + "#" + row;
  }
}
