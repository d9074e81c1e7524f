// Writes the fixtures of the Rust implementation (arrow-rs, as WebAssembly): node fixtures.js FOLDER
import * as arrow from "apache-arrow";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const parquet = createRequire(import.meta.url)("parquet-wasm/node");
const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

const ROWS = [...Array(20).keys()];
const START_MILLIS = 1735689600000;
const at = (i) => START_MILLIS + i * 3600000;
const vector = (type, value) => arrow.vectorFromArray(ROWS.map(value), type);
const instant = (type, perMilli) => {
  const data = BigInt64Array.from(ROWS, (i) => (perMilli < 1 ? BigInt(at(i)) / 1000n : BigInt(at(i)) * BigInt(perMilli)));
  return new arrow.Vector([arrow.makeData({ type, length: ROWS.length, data })]);
};
const decimal = (precision, scale, unscaled) => {
  const data = new Uint32Array(ROWS.length * 4);
  for (const i of ROWS) {
    let value = unscaled(i);
    for (let word = 0; word < 4; word++, value >>= 32n) {
      data[i * 4 + word] = Number(value & 0xffffffffn);
    }
  }
  const type = new arrow.Decimal(scale, precision, 128);
  return new arrow.Vector([arrow.makeData({ type, length: ROWS.length, data })]);
};

const BASE = {
  id: () => vector(new arrow.Utf8(), (i) => "i" + i),
  card: () => vector(new arrow.Utf8(), (i) => "Card " + (i % 3)),
  amount: () => vector(new arrow.Float64(), (i) => 1.5 * i),
  qty: () => vector(new arrow.Int32(), (i) => i),
  price: () => vector(new arrow.Float32(), () => 0.1),
  at: () => instant(new arrow.TimestampMicrosecond("UTC"), 1000),
};

function write(name, odd, properties) {
  const columns = {};
  for (const [column, make] of Object.entries({ ...BASE, ...odd })) {
    columns[column] = make();
  }
  const stream = arrow.tableToIPC(new arrow.Table(columns), "stream");
  const table = parquet.Table.fromIPCStream(stream);
  const built = properties ?? new parquet.WriterPropertiesBuilder().build();
  writeFileSync(join(folder, name + ".parquet"), parquet.writeParquet(table, built));
}

write("nothing-odd", {});
write("at-seconds", { at: () => instant(new arrow.TimestampSecond("UTC"), 0.001) });
write("at-millis", { at: () => instant(new arrow.TimestampMillisecond("UTC"), 1) });
write("at-nanos", { at: () => instant(new arrow.TimestampNanosecond("UTC"), 1000000) });
write("at-micros-local", { at: () => instant(new arrow.TimestampMicrosecond(null), 1000) });
write("at-long-millis", { at: () => vector(new arrow.Int64(), (i) => BigInt(at(i))) });
write("at-date", { at: () => vector(new arrow.DateDay(), (i) => new Date(START_MILLIS + i * 3600000)) });
write("qty-uint8", { qty: () => vector(new arrow.Uint8(), (i) => i) });
write("qty-uint32", { qty: () => vector(new arrow.Uint32(), (i) => i) });
write("qty-uint64", { qty: () => vector(new arrow.Uint64(), (i) => BigInt(i)) });
write("qty-int64", { qty: () => vector(new arrow.Int64(), (i) => BigInt(i)) });
write("amount-decimal-9-2", { amount: () => decimal(9, 2, (i) => BigInt(i) * 150n) });
write("amount-decimal-18-4", { amount: () => decimal(18, 4, (i) => BigInt(i) * 15000n) });
write("amount-decimal-38-18", { amount: () => decimal(38, 18, (i) => BigInt(i) * 1500000000000000000n) });
write("card-dictionary", { card: () => vector(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), (i) => "Card " + (i % 3)) });
write("card-binary", { card: () => vector(new arrow.Binary(), (i) => new TextEncoder().encode("Card " + (i % 3))) });
write("card-fixed", { card: () => vector(new arrow.FixedSizeBinary(6), (i) => new TextEncoder().encode("Card " + (i % 3))) });
write("amount-nulls", { amount: () => vector(new arrow.Float64(), (i) => (i === 3 ? null : 1.5 * i)) });

const builder = () => new parquet.WriterPropertiesBuilder();
write("version-2-delta", {}, builder().setWriterVersion(parquet.WriterVersion.V2).setDictionaryEnabled(false).build());
write("delta-length-text", {}, builder().setDictionaryEnabled(false).setColumnEncoding("card", parquet.Encoding.DELTA_LENGTH_BYTE_ARRAY).setColumnEncoding("qty", parquet.Encoding.DELTA_BINARY_PACKED).build());
write("delta-text", {}, builder().setDictionaryEnabled(false).setColumnEncoding("card", parquet.Encoding.DELTA_BYTE_ARRAY).build());
write("byte-stream-split", {}, builder().setDictionaryEnabled(false).setColumnEncoding("amount", parquet.Encoding.BYTE_STREAM_SPLIT).setColumnEncoding("price", parquet.Encoding.BYTE_STREAM_SPLIT).build());
write("small-pages", {}, builder().setDataPageSizeLimit(32).setWriteBatchSize(4).setDictionaryEnabled(false).setMaxRowGroupSize(7).build());
for (const codec of ["UNCOMPRESSED", "GZIP", "ZSTD", "LZ4_RAW"]) {
  write("codec-" + codec.toLowerCase().replace("_", "-"), {}, builder().setCompression(parquet.Compression[codec]).build());
}
