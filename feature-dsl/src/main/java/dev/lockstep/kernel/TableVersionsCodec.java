package dev.lockstep.kernel;

import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of all versions of one key of a table in the online store: every field of the record,
 * so that all feature sets share them; or those fields that a snapshot holds, being all that its
 * plan reads. Who reads others of those refuses them.
 *
 * <pre>
 * version               one byte, 1; 2 where only some fields are there
 * schema                8 bytes: hash of the fields' names and types
 * fields there          in version 2: a count as varint, then their places, ascending varints
 * versions n            varint
 * each, by (effective from, available at):
 *   effective from      8 bytes, least first
 *   available at        8 bytes, least first
 *   deleted             one byte
 *   values              {@link ValuesCodec}, unless deleted; null for fields that aren't there
 * </pre>
 */
public final class TableVersionsCodec {
  private static final int VERSION = 1;
  private static final int VERSION_OF_SOME = 2;
  private static final int LEAST_VERSION_BYTES = 17;

  private final SourcePlan table;
  private final List<ValueType> types;
  private final long schemaHash;

  public TableVersionsCodec(SourcePlan table) {
    this.table = table;
    this.types = table.schema().components().stream().map(RecordSchema.Component::type).toList();
    long hash = 1125899906842597L;
    for (RecordSchema.Component c : table.schema().components()) {
      String text = c.name() + ":" + c.type() + ";";
      for (int i = 0; i < text.length(); i++) {
        hash = 31 * hash + text.charAt(i);
      }
    }
    this.schemaHash = hash;
  }

  /** The types of all fields of the table's record: the layout of the versions' values. */
  public List<ValueType> fieldTypes() {
    return types;
  }

  /** The bytes of versions whose values are of {@link #fieldTypes}, in the order of time. */
  public byte[] toBytes(List<TableVersion> versions) {
    return toBytes(VERSION, List.of(), versions);
  }

  /**
   * The bytes of versions of which only some fields are known.
   *
   * @param fields their places in {@link #fieldTypes}; the others' values are null
   */
  public byte[] toBytes(List<TableVersion> versions, SortedSet<Integer> fields) {
    return toBytes(VERSION_OF_SOME, fields, versions);
  }

  private byte[] toBytes(int form, Collection<Integer> fields, List<TableVersion> versions) {
    ByteWriter out = new ByteWriter();
    out.writeByte(form);
    out.writeFixed64(schemaHash);
    if (form == VERSION_OF_SOME) {
      out.writeVarint(fields.size());
      fields.forEach(out::writeVarint);
    }
    out.writeVarint(versions.size());
    for (TableVersion version : versions) {
      out.writeFixed64(version.effectiveFromMicros());
      out.writeFixed64(version.availableAtMicros());
      Values values = version.values();
      out.writeByte(values == null ? 1 : 0);
      if (values != null) {
        ValuesCodec.write(values, out);
      }
    }
    return out.toByteArray();
  }

  /**
   * The state of a lookup over stored versions.
   *
   * @param bytes null where the key has no versions
   * @throws WireException if they were written for another record, or aren't such bytes
   */
  public TableState fromBytes(LookupPlan lookup, byte @Nullable [] bytes) {
    TableState state = new TableState(lookup);
    if (bytes == null) {
      return state;
    }
    ByteReader in = new ByteReader(bytes);
    int form = in.readByte();
    if (!isOfThisRecord(form, in)) {
      throw new WireException(
          "the stored versions of table "
              + table.name()
              + " are of another record or format: load the table again");
    }
    if (form == VERSION_OF_SOME) {
      requireThere(lookup, readFields(in));
    }
    for (TableVersion version : readVersions(in)) {
      state.add(
          new TableVersion(
              version.effectiveFromMicros(),
              version.availableAtMicros(),
              project(lookup, version.values())));
    }
    return state;
  }

  /**
   * What such bytes hold; null if they were written for another record, or in another format.
   *
   * @throws WireException if they are damaged
   */
  public @Nullable TableCell readCell(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int form = in.readByte();
    if (!isOfThisRecord(form, in)) {
      return null;
    }
    TreeSet<Integer> fields = new TreeSet<>();
    if (form == VERSION_OF_SOME) {
      readFields(in).stream().forEach(fields::add);
    } else {
      IntStream.range(0, types.size()).forEach(fields::add);
    }
    return new TableCell(fields, readVersions(in));
  }

  private boolean isOfThisRecord(int form, ByteReader in) {
    return (form == VERSION || form == VERSION_OF_SOME) && in.readFixed64() == schemaHash;
  }

  private List<TableVersion> readVersions(ByteReader in) {
    int n = in.readCount(LEAST_VERSION_BYTES);
    List<TableVersion> versions = new ArrayList<>(n);
    long effectiveBefore = Long.MIN_VALUE;
    long availableBefore = Long.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      long effectiveFrom = in.readFixed64();
      long availableAt = in.readFixed64();
      if (effectiveFrom < effectiveBefore
          || (effectiveFrom == effectiveBefore && availableAt < availableBefore)) {
        throw new WireException(
            "version " + i + " of table " + table.name() + " is before the one it follows");
      }
      effectiveBefore = effectiveFrom;
      availableBefore = availableAt;
      Values fields = in.readBoolean() ? null : ValuesCodec.read(types, in);
      versions.add(new TableVersion(effectiveFrom, availableAt, fields));
    }
    in.requireEnd("list of versions of table " + table.name());
    return versions;
  }

  private BitSet readFields(ByteReader in) {
    BitSet there = new BitSet(types.size());
    int n = in.readCount(1);
    for (int i = 0; i < n; i++) {
      long field = in.readVarint();
      if (field < there.length() || field >= types.size()) {
        throw new WireException("a field " + field + " of table " + table.name());
      }
      there.set((int) field);
    }
    return there;
  }

  private void requireThere(LookupPlan lookup, BitSet there) {
    for (int column : lookup.columns()) {
      if (!there.get(table.columns().get(column).component())) {
        throw new WireException(
            "the stored versions of table "
                + table.name()
                + " are from a snapshot that doesn't hold its field "
                + table.columns().get(column).name()
                + ": load the table from its history");
      }
    }
  }

  private @Nullable Values project(LookupPlan lookup, @Nullable Values fields) {
    if (fields == null) {
      return null;
    }
    Values projected = new Values(lookup.columnTypes());
    for (int i = 0; i < lookup.columns().size(); i++) {
      int component = table.columns().get(lookup.columns().get(i)).component();
      projected.copy(i, fields, component);
    }
    return projected;
  }
}
