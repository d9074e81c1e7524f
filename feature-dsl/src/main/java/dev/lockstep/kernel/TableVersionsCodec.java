package dev.lockstep.kernel;

import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import dev.lockstep.wire.WireException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a {@link TableCell}, the versions of one key of a table in the online store: every
 * field of the record, so that all feature sets share them; or those fields that a snapshot holds,
 * being all that its plan reads. Who reads others of those refuses them.
 *
 * <pre>
 * version               one byte, 3
 * schema                8 bytes: hash of the fields' names and types
 * flags                 one byte: 1 only some fields are there, 2 there were older versions
 * fields there          if flagged: a count as varint, then their places, ascending varints
 * versions n            varint
 * each, the newest first, by (effective from, available at), and of one time the last first:
 *   effective from      8 bytes, least first
 *   available at        8 bytes, least first
 *   load                varint
 *   position            zigzag varint
 *   flags               one byte: 1 deleted, 2 some fields couldn't be read
 *   unreadable          if flagged: a count as varint, then the fields' places, ascending varints
 *   values              unless deleted, behind their length: {@link ValuesCodec}; null for fields
 *                       that aren't there
 * </pre>
 *
 * <p>A request is answered by the first version that holds for it, and of which all can be read
 * that the lookup reads (C17): what is older isn't looked at.
 */
public final class TableVersionsCodec {
  private static final int VERSION = 3;
  private static final int SOME_FIELDS = 1;
  private static final int OLDER_DROPPED = 2;
  private static final int ALL_FLAGS = SOME_FIELDS | OLDER_DROPPED;
  private static final int DELETED = 1;
  private static final int UNREADABLE = 2;
  private static final int LEAST_VERSION_BYTES = 19;

  private final SourcePlan table;
  private final List<ValueType> types;
  private final long schemaHash;

  public TableVersionsCodec(SourcePlan table) {
    this.table = table;
    this.types = table.schema().components().stream().map(RecordSchema.Component::type).toList();
    long hash = 1125899906842597L;
    for (RecordSchema.Component c : table.schema().components()) {
      String text = c.name() + ":" + (c.isDate() ? "DATE" : c.type()) + ";";
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

  /** The places of all fields of the table's record. */
  public TreeSet<Integer> allFields() {
    TreeSet<Integer> fields = new TreeSet<>();
    IntStream.range(0, types.size()).forEach(fields::add);
    return fields;
  }

  /** The bytes of a cell whose versions' values are of {@link #fieldTypes}. */
  public byte[] toBytes(TableCell cell) {
    boolean some = cell.fields().size() < types.size();
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    out.writeFixed64(schemaHash);
    out.writeByte((some ? SOME_FIELDS : 0) | (cell.olderDropped() ? OLDER_DROPPED : 0));
    if (some) {
      out.writeVarint(cell.fields().size());
      cell.fields().forEach(out::writeVarint);
    }
    out.writeVarint(cell.versions().size());
    ByteWriter row = new ByteWriter();
    for (int i = cell.versions().size() - 1; i >= 0; i--) {
      TableVersion version = cell.versions().get(i);
      out.writeFixed64(version.effectiveFromMicros());
      out.writeFixed64(version.availableAtMicros());
      out.writeVarint(version.load());
      out.writeSigned(version.position());
      Values values = version.values();
      List<Integer> unreadable = version.unreadable();
      out.writeByte((values == null ? DELETED : 0) | (unreadable.isEmpty() ? 0 : UNREADABLE));
      if (!unreadable.isEmpty()) {
        out.writeVarint(unreadable.size());
        unreadable.forEach(out::writeVarint);
      }
      if (values != null) {
        row.clear();
        ValuesCodec.write(values, row);
        out.writeVarint(row.size());
        row.copyTo(out);
      }
    }
    return out.toByteArray();
  }

  /**
   * Answers a request from a cell.
   *
   * @param bytes null where the key has no versions
   * @param out a row of the lookup's result types, wholly overwritten
   * @throws WireException if they were written for another record, don't hold what the lookup
   *     reads, or aren't such bytes as far as they are looked at; or if the version that counts may
   *     be one of those that were dropped
   */
  public void answer(LookupPlan lookup, byte @Nullable [] bytes, BranchRow request, Values out) {
    for (int i = 0; i < out.size(); i++) {
      out.setNull(i);
    }
    if (bytes == null) {
      return;
    }
    ByteReader in = new ByteReader(bytes);
    int flags = open(lookup, in);
    int n = in.readCount(LEAST_VERSION_BYTES);
    for (int i = 0; i < n; i++) {
      boolean holds = TableVersion.holdsFor(in.readFixed64(), in.readFixed64(), request);
      in.readVarint();
      in.readSigned();
      int kind = readKind(in);
      if ((kind & UNREADABLE) != 0) {
        BitSet unreadable = readUnreadable(in);
        holds = holds && lookup.columns().stream().noneMatch(c -> unreadable.get(component(c)));
      }
      if ((kind & DELETED) != 0) {
        if (holds) {
          return;
        }
      } else if (!holds) {
        in.skip(length(in));
      } else {
        project(lookup, readValues(in), out);
        return;
      }
    }
    if ((flags & OLDER_DROPPED) != 0) {
      throw new WireException(
          "the stored versions of table "
              + table.name()
              + " begin behind a request of "
              + Micros.toInstant(request.eventTimeMicros())
              + ": whoever loaded them could not be asked so late. Load the table whole, from its"
              + " history");
    }
  }

  /**
   * What such bytes hold; null if they were written for another record, or in another format.
   *
   * @throws WireException if they are damaged
   */
  public @Nullable TableCell readCell(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    if (!isOfThisRecord(in)) {
      return null;
    }
    int flags = readFlags(in);
    TreeSet<Integer> fields = allFields();
    if ((flags & SOME_FIELDS) != 0) {
      BitSet there = readSomeFields(in);
      fields.removeIf(f -> !there.get(f));
    }
    int n = in.readCount(LEAST_VERSION_BYTES);
    List<TableVersion> versions = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      long effectiveFrom = in.readFixed64();
      long availableAt = in.readFixed64();
      long load = in.readVarint();
      long position = in.readSigned();
      int kind = readKind(in);
      List<Integer> unreadable =
          (kind & UNREADABLE) == 0 ? List.of() : readUnreadable(in).stream().boxed().toList();
      Values values = (kind & DELETED) != 0 ? null : readValues(in);
      requireNullElsewhere(values, fields);
      TableVersion version =
          new TableVersion(effectiveFrom, availableAt, load, position, values, unreadable);
      if (i > 0 && !mayFollow(version, versions.get(i - 1))) {
        throw new WireException(
            "version " + i + " of table " + table.name() + " isn't older than the one before it");
      }
      versions.add(version);
    }
    in.requireEnd("list of versions of table " + table.name());
    Collections.reverse(versions);
    return new TableCell(fields, versions, (flags & OLDER_DROPPED) != 0);
  }

  /** Whether a version may be behind a newer one. */
  private static boolean mayFollow(TableVersion version, TableVersion newer) {
    int by = TableVersion.TIME.compare(version, newer);
    return by < 0
        || (by == 0
            && !newer.unreadable().isEmpty()
            && TableVersion.POSITION.compare(version, newer) <= 0);
  }

  /** Fields that couldn't be read: at least one. */
  private BitSet readUnreadable(ByteReader in) {
    BitSet fields = readFields(in);
    if (fields.isEmpty()) {
      throw new WireException("no field of table " + table.name() + ", said to be unreadable");
    }
    return fields;
  }

  private int readKind(ByteReader in) {
    int kind = in.readByte();
    if (kind > (DELETED | UNREADABLE)) {
      throw new WireException("a version of table " + table.name() + " of unknown flags " + kind);
    }
    return kind;
  }

  private int component(int column) {
    return table.columns().get(column).component();
  }

  private boolean isOfThisRecord(ByteReader in) {
    return in.readByte() == VERSION && in.readFixed64() == schemaHash;
  }

  /** Reads up to the versions, and checks that all is there that a lookup reads. */
  private int open(LookupPlan lookup, ByteReader in) {
    if (!isOfThisRecord(in)) {
      throw new WireException(
          "the stored versions of table "
              + table.name()
              + " are of another record or format: load the table again");
    }
    int flags = readFlags(in);
    if ((flags & SOME_FIELDS) != 0) {
      requireThere(lookup, readSomeFields(in));
    }
    return flags;
  }

  private int readFlags(ByteReader in) {
    int flags = in.readByte();
    if (flags > ALL_FLAGS) {
      throw new WireException("versions of table " + table.name() + " of unknown flags " + flags);
    }
    return flags;
  }

  private static int length(ByteReader in) {
    long length = in.readVarint();
    if (length < 0 || length > in.remaining()) {
      throw new WireException("values of " + length + " bytes where " + in.remaining() + " remain");
    }
    return (int) length;
  }

  private Values readValues(ByteReader in) {
    int length = length(in);
    int end = in.position() + length;
    Values values = ValuesCodec.read(types, in);
    if (in.position() != end) {
      throw new WireException("values of another length than " + length + " bytes");
    }
    return values;
  }

  private void requireNullElsewhere(@Nullable Values values, TreeSet<Integer> fields) {
    for (int f = 0; values != null && f < types.size(); f++) {
      if (!values.isNull(f) && !fields.contains(f)) {
        throw new WireException("a field " + f + " of table " + table.name() + " that isn't there");
      }
    }
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

  private BitSet readSomeFields(ByteReader in) {
    BitSet there = readFields(in);
    if (there.cardinality() == types.size()) {
      throw new WireException("all fields of table " + table.name() + ", said to be some");
    }
    return there;
  }

  private void requireThere(LookupPlan lookup, BitSet there) {
    for (int column : lookup.columns()) {
      if (!there.get(component(column))) {
        throw new WireException(
            "the stored versions of table "
                + table.name()
                + " are from a snapshot that doesn't hold its field "
                + table.columns().get(column).name()
                + ": load the table from its history");
      }
    }
  }

  private void project(LookupPlan lookup, Values fields, Values out) {
    for (int i = 0; i < lookup.columns().size(); i++) {
      out.copy(i, fields, component(lookup.columns().get(i)));
    }
  }
}
