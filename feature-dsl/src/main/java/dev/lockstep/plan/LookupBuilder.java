package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Entity;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Resolves lookups: fields of one table by one key of the request become one branch. */
final class LookupBuilder {
  private record Key(String table, List<Integer> requestKey) {}

  private record Open(
      int index, int ask, SourceBuilder source, List<Integer> eventKey, List<Integer> columns) {}

  private final List<Branch> branches;
  private final List<Ask> asks;
  private final SourceRegistry registry;
  private final Consumer<DefinitionError> errors;
  private final Map<Key, Open> open = new LinkedHashMap<>();

  LookupBuilder(
      List<Branch> branches,
      List<Ask> asks,
      SourceRegistry registry,
      Consumer<DefinitionError> errors) {
    this.branches = branches;
    this.asks = asks;
    this.registry = registry;
    this.errors = errors;
  }

  @Nullable FeatureColumn add(
      FeatureSet.LookupPart part, SourceBuilder requests, RequestKeys requestKeys) {
    String subject = "feature " + part.featureName();
    SourceBuilder table = registry.table(part.table());
    Entity<?> entity = part.table().key().entity();
    List<Integer> requestKey;
    if (part.requestColumn() != null) {
      requestKey = KeyColumns.of(entity, List.of(part.requestColumn()), requests, subject, errors);
    } else {
      requestKey = requestKeys.of(entity);
      if (requestKey == null) {
        errors.accept(
            new DefinitionError(
                subject,
                "the request doesn't say which " + entity.name() + " it is about",
                "add .entity("
                    + entity.name()
                    + ", Request::column), or look it up by a column:"
                    + " .lookup(TABLE.via(\"prefix\", Request::column), ...)"));
        return null;
      }
    }
    String user = "table " + part.table().name() + ", key";
    List<Integer> eventKey = KeyColumns.of(part.table().key(), table, user, errors);
    int field = table.column(part.field(), subject);
    if (field < 0) {
      return null;
    }
    Open branch =
        open.computeIfAbsent(
            new Key(part.table().name(), requestKey),
            k ->
                new Open(
                    branches.size() + open.size(),
                    asks.size() + open.size(),
                    table,
                    eventKey,
                    new ArrayList<>()));
    if (!branch.columns.contains(field)) {
      branch.columns.add(field);
    }
    return new FeatureColumn(
        part.featureName(), table.typeOf(field), branch.ask, branch.columns.indexOf(field));
  }

  /**
   * Adds them to the branches.
   *
   * @param requestLatenessMicros how far behind its availability a request may ask
   */
  void addBranches(long requestLatenessMicros) {
    open.forEach(
        (key, branch) -> {
          List<ValueType> types = branch.columns.stream().map(branch.source::typeOf).toList();
          branches.add(
              new LookupPlan(
                  branch.index,
                  key.table() + "_" + branch.index,
                  key.table(),
                  new BranchInput(
                      branch.source.index, branch.eventKey, branch.columns, List.of(), types),
                  requestLatenessMicros));
          asks.add(Ask.of(branch.ask, branch.index, "", key.requestKey()));
        });
  }
}
