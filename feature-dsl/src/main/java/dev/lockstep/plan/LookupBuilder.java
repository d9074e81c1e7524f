package dev.lockstep.plan;

import dev.lockstep.define.Column;
import dev.lockstep.define.ColumnReference;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Entity;
import dev.lockstep.define.Expression;
import dev.lockstep.define.ExpressionTree;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.NamedColumn;
import dev.lockstep.define.TableField;
import dev.lockstep.expression.Node;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves lookups: fields of one table by one key become one branch, whether they are features,
 * parts of expressions or the keys of others.
 */
final class LookupBuilder {
  private record Key(String table, List<AskPart> parts) {}

  /** A lookup that is open for more fields. */
  private record Open(
      Ask ask, SourceBuilder source, List<Integer> eventKey, List<Integer> columns) {}

  /** A field of a lookup: which answer has it, and where. */
  record Resolved(Ask ask, int slot, ValueType type, Class<?> javaType, String text) {}

  private final List<Branch> branches;
  private final List<Ask> asks;
  private final SourceRegistry registry;
  private final SourceBuilder requests;
  private final RequestKeys requestKeys;
  private final Consumer<DefinitionError> errors;
  private final Map<Key, Open> open = new LinkedHashMap<>();

  /**
   * @param branches those of views, behind which the lookups come
   * @param asks of them
   */
  LookupBuilder(
      List<Branch> branches,
      List<Ask> asks,
      SourceRegistry registry,
      SourceBuilder requests,
      RequestKeys requestKeys,
      Consumer<DefinitionError> errors) {
    this.branches = branches;
    this.asks = asks;
    this.registry = registry;
    this.requests = requests;
    this.requestKeys = requestKeys;
    this.errors = errors;
  }

  /**
   * The feature that is a field of a table; null after reporting why there is none.
   *
   * @param broken takes the name of one that was reported, if it can be told
   */
  @Nullable FeatureColumn add(FeatureSet.LookupPart part, Consumer<String> broken) {
    String name = nameOf(part);
    Resolved resolved = resolve("feature " + name, part.field());
    if (resolved == null) {
      broken.accept(name);
      return null;
    }
    return new FeatureColumn(name, resolved.type, resolved.ask.index(), resolved.slot);
  }

  private static String nameOf(FeatureSet.LookupPart part) {
    Column<?, ?> column = part.field().field();
    String field =
        column instanceof NamedColumn<?> named ? named.component() : ColumnReference.nameOf(column);
    if (field.isEmpty()) {
      return "of table " + part.field().table().name();
    }
    return part.prefix().isEmpty() ? field : part.prefix() + "_" + field;
  }

  /** A field of a table; null after reporting why there is none. */
  @Nullable Resolved resolve(String subject, TableField field) {
    SourceBuilder table = registry.table(field.table());
    List<Integer> eventKey =
        KeyColumns.of(
            field.table().key(), table, "table " + field.table().name() + ", key", errors);
    List<AskPart> key = keyOf(subject, field);
    int column = key == null ? -1 : table.column(field.field(), subject);
    boolean reported = column < 0 || eventKey.contains(-1);
    if (key == null || reported) {
      return null;
    }
    if (table.columns.get(column).computed() != null) {
      error(
          subject,
          "[" + table.columns.get(column).name() + "] is computed, and no field of a version",
          "look up what it reads, and compute in an expression: .derive(\"name\","
              + " lookup(TABLE, Record::field)...)");
      return null;
    }
    Open lookup =
        open.computeIfAbsent(
            new Key(table.name, key),
            k -> new Open(nextAsk(key), table, eventKey, new ArrayList<>()));
    if (!lookup.columns.contains(column)) {
      lookup.columns.add(column);
    }
    return new Resolved(
        lookup.ask,
        lookup.columns.indexOf(column),
        table.typeOf(column),
        table.classOf(column),
        table.name + "(" + text(key) + ")." + table.columns.get(column).name());
  }

  private Ask nextAsk(List<AskPart> key) {
    int level = 0;
    for (AskPart part : key) {
      if (part instanceof AskPart.OfLookup of) {
        level = Math.max(level, 1 + askAt(of.ask()).level());
      }
    }
    return new Ask(asks.size() + open.size(), branches.size() + open.size(), "", key, level);
  }

  private Ask askAt(int index) {
    return List.copyOf(open.values()).get(index - asks.size()).ask;
  }

  /** What gives the parts of a lookup's key; null after reporting what can't. */
  private @Nullable List<AskPart> keyOf(String subject, TableField field) {
    Entity<?> entity = field.table().key().entity();
    List<Expression> key = field.key();
    if (key == null) {
      List<Integer> columns = requestKeys.of(entity);
      if (columns == null) {
        error(
            subject,
            "the request doesn't say which " + entity.name() + " it is about",
            "add .entity("
                + entity.name()
                + ", Request::column), or look it up by a column:"
                + " .lookup(TABLE.via(\"prefix\", Request::column), ...)");
        return null;
      }
      return columns.contains(-1)
          ? null // reported once, with the entity
          : columns.stream().<AskPart>map(AskPart.OfRequest::new).toList();
    }
    int given = key.size();
    if (KeyColumns.checkParts(entity, given, subject, errors) != given) {
      return null;
    }
    List<AskPart> parts = new ArrayList<>();
    for (int i = 0; i < given; i++) {
      AskPart part = part(subject, entity, i, key.get(i));
      if (part != null) {
        parts.add(part);
      }
    }
    return parts.size() == given ? parts : null;
  }

  private @Nullable AskPart part(String subject, Entity<?> entity, int place, Expression by) {
    Node of = ExpressionTree.of(by);
    if (of instanceof Node.Field field) {
      int column = requests.column((Column<?, ?>) field.column(), subject);
      if (column < 0) {
        return null;
      }
      String name = requests.columns.get(column).name();
      return KeyColumns.checkPart(entity, place, requests.classOf(column), name, subject, errors)
          ? new AskPart.OfRequest(column)
          : null;
    }
    if (of instanceof Node.Lookup lookup) {
      Resolved field = resolve(subject, (TableField) lookup.field());
      return field != null
              && KeyColumns.checkPart(entity, place, field.javaType, field.text, subject, errors)
          ? new AskPart.OfLookup(field.ask.index(), field.slot)
          : null;
    }
    error(
        subject,
        "its table is looked up by what an expression computes",
        "look it up by a column, request(Request::column), or by a field of another table,"
            + " lookup(OTHER, Record::field)");
    return null;
  }

  private String text(List<AskPart> key) {
    List<String> parts = new ArrayList<>();
    for (AskPart part : key) {
      if (part instanceof AskPart.OfRequest of) {
        parts.add("request." + requests.columns.get(of.column()).identity());
      } else {
        AskPart.OfLookup of = (AskPart.OfLookup) part;
        Open lookup = List.copyOf(open.values()).get(of.ask() - asks.size());
        parts.add(
            lookup.source.name
                + "("
                + text(lookup.ask.key())
                + ")."
                + lookup.source.columns.get(lookup.columns.get(of.slot())).name());
      }
    }
    return String.join(",", parts);
  }

  private void error(String subject, String problem, String cure) {
    errors.accept(new DefinitionError(subject, problem, cure));
  }

  /**
   * Adds them to the branches and the asks, once all fields are known.
   *
   * @param requestLatenessMicros how far behind its availability a request may ask
   */
  void addBranches(long requestLatenessMicros) {
    for (Open lookup : open.values()) {
      List<ValueType> types = lookup.columns.stream().map(lookup.source::typeOf).toList();
      branches.add(
          new LookupPlan(
              lookup.ask.branch(),
              lookup.source.name + "_" + lookup.ask.branch(),
              lookup.source.name,
              new BranchInput(
                  lookup.source.index, lookup.eventKey, lookup.columns, List.of(), types),
              requestLatenessMicros));
    }
    open.values().forEach(lookup -> asks.add(lookup.ask));
  }
}
