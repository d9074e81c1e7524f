import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.dataset.file.DatasetFileWriter;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Writes the fixtures of Arrow's C++ writer, called from Java: {@code ArrowFixtures FOLDER}. */
public final class ArrowFixtures {
  private static final int ROWS = 20;
  private static final ArrowType TEXT = new ArrowType.Utf8();

  private final BufferAllocator allocator;
  private final Path folder;

  private ArrowFixtures(BufferAllocator allocator, Path folder) {
    this.allocator = allocator;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    try (BufferAllocator allocator = new RootAllocator()) {
      ArrowFixtures fixtures = new ArrowFixtures(allocator, folder);
      fixtures.instants();
      fixtures.numbers();
      fixtures.text();
    }
  }

  private void instants() throws Exception {
    for (TimeUnit unit : List.of(TimeUnit.MILLISECOND, TimeUnit.MICROSECOND, TimeUnit.NANOSECOND)) {
      String name = "at-" + unit.name().toLowerCase();
      with(name, "at", new ArrowType.Timestamp(unit, "UTC"));
      with(name + "-local", "at", new ArrowType.Timestamp(unit, null));
    }
    with("at-berlin", "at", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Europe/Berlin"));
    with("at-date", "at", new ArrowType.Date(DateUnit.DAY));
  }

  private void numbers() throws Exception {
    with("qty-int64", "qty", new ArrowType.Int(64, true));
    for (int bits : new int[] {8, 16, 32, 64}) {
      with("qty-uint" + bits, "qty", new ArrowType.Int(bits, false));
    }
    with("amount-float", "amount", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
    with("price-double", "price", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
    with("amount-decimal128-5-2", "amount", new ArrowType.Decimal(5, 2, 128));
    with("amount-decimal128-38-18", "amount", new ArrowType.Decimal(38, 18, 128));
    with("amount-decimal256-50-20", "amount", new ArrowType.Decimal(50, 20, 256));
  }

  private void text() throws Exception {
    with("card-large-utf8", "card", new ArrowType.LargeUtf8());
    with("card-binary", "card", new ArrowType.Binary());
    with("card-fixed", "card", new ArrowType.FixedSizeBinary(6));
    with("nothing-odd", "card", TEXT);
  }

  private void with(String name, String column, ArrowType type) throws Exception {
    Map<String, ArrowType> columns = new LinkedHashMap<>();
    columns.put("id", TEXT);
    columns.put("card", TEXT);
    columns.put("amount", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
    columns.put("qty", new ArrowType.Int(32, true));
    columns.put("price", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
    columns.put("at", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
    columns.put(column, type);
    List<Field> fields = new ArrayList<>();
    columns.forEach((n, t) -> fields.add(new Field(n, FieldType.nullable(t), null)));
    Path to = folder.resolve(name);
    Files.createDirectories(to);
    try (OneBatch batch = new OneBatch(allocator, new Schema(fields))) {
      DatasetFileWriter.write(allocator, batch, FileFormat.PARQUET, to.toUri().toString());
    }
    try (Stream<Path> files = Files.list(to)) {
      Files.move(files.findFirst().orElseThrow(), folder.resolve(name + ".parquet"));
    }
    Files.delete(to);
  }

  /** The table as a stream of one batch. */
  private static final class OneBatch extends ArrowReader {
    private final Schema schema;
    private boolean read;

    OneBatch(BufferAllocator allocator, Schema schema) {
      super(allocator);
      this.schema = schema;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      if (read) {
        return false;
      }
      read = true;
      VectorSchemaRoot root = getVectorSchemaRoot();
      for (FieldVector vector : root.getFieldVectors()) {
        vector.allocateNew();
        for (int i = 0; i < ROWS; i++) {
          Cells.set(vector, i, Cells.value(vector.getName(), i));
        }
        vector.setValueCount(ROWS);
      }
      root.setRowCount(ROWS);
      return true;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      return schema;
    }
  }
}
