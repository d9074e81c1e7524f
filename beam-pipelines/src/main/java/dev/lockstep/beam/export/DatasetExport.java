package dev.lockstep.beam.export;

import dev.lockstep.beam.read.ParquetRows;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.beam.write.WholeFile;
import dev.lockstep.value.Values;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * A published training set as one text file for other tools. The file appears whole, by one rename;
 * rows keep the order of the parts.
 */
public final class DatasetExport {
  /** How often progress is told, in rows. */
  private static final int STEP = 1 << 14;

  private final Manifest manifest;
  private final TrainingSetReader rows;

  private DatasetExport(TrainingSetReader rows) {
    this.rows = rows;
    this.manifest = rows.manifest();
  }

  /** What the file's text is. */
  public enum Format {
    /** All columns, under a header. */
    CSV,
    /**
     * Label and features as a model reads them; a file {@code OUT.features.txt} beside it names
     * them.
     */
    LIBSVM
  }

  /**
   * What was written.
   *
   * @param rows in the file
   * @param withoutLabel rows left out because libsvm has none without a label
   */
  public record Summary(long rows, long withoutLabel) {}

  /**
   * Opens a training set's folder.
   *
   * @throws TrainingSetException if it isn't a training set, or wasn't finished
   */
  public static DatasetExport of(Path trainingSet) {
    return new DatasetExport(TrainingSetReader.open(trainingSet));
  }

  /** How many rows the training set has. */
  public long rows() {
    return manifest.rows();
  }

  /**
   * Writes the file.
   *
   * @param replace whether a file already there is replaced
   * @param progress is told the number of rows read from time to time
   * @throws TrainingSetException if the file is there already, can't be written, or the format has
   *     no place for the training set
   * @throws dev.lockstep.beam.read.HistoryFileException if a part is damaged
   */
  public Summary write(Format format, Path out, boolean replace, LongConsumer progress) {
    if (Files.exists(out) && !replace) {
      throw new TrainingSetException(
          out + " is there already; give another name (--out), or replace it (--replace)", null);
    }
    try (WholeFile file = WholeFile.beside(out)) {
      Summary summary;
      try (BufferedWriter text = Files.newBufferedWriter(file.temporary())) {
        summary =
            switch (format) {
              case CSV -> append(new CsvFormat(manifest.schema(), text), progress);
              case LIBSVM -> {
                LibsvmFormat libsvm = new LibsvmFormat(manifest.schema(), text);
                writeWhole(out.resolveSibling(out.getFileName() + ".features.txt"), libsvm);
                yield append(libsvm, progress);
              }
            };
      }
      file.publish();
      return summary;
    } catch (IOException e) {
      throw TrainingSetException.notWritten(out, e);
    } catch (UncheckedIOException e) {
      throw TrainingSetException.notWritten(out, e.getCause());
    }
  }

  private static void writeWhole(Path names, LibsvmFormat libsvm) throws IOException {
    try (WholeFile file = WholeFile.beside(names)) {
      Files.writeString(file.temporary(), libsvm.featureMap(), StandardCharsets.UTF_8);
      file.publish();
    }
  }

  private Summary append(RowFormat format, LongConsumer progress) {
    Count count = new Count();
    for (Path part : rows.parts()) {
      ParquetRows.forEach(
          part.toString(),
          manifest.schema().columns(),
          row -> {
            count.add(append(format, row));
            if (count.all % STEP == 0) {
              progress.accept(count.all);
            }
          });
    }
    progress.accept(count.all);
    return new Summary(count.written, count.all - count.written);
  }

  private static boolean append(RowFormat format, Values row) {
    try {
      return format.append(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Count {
    private long all;
    private long written;

    void add(boolean wasWritten) {
      all++;
      written += wasWritten ? 1 : 0;
    }
  }
}
