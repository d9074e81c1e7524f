package dev.lockstep.beam.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.ValueType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which columns a snapshot's carried rows have, by source: those that its plan read, which may have
 * had a label that whoever reads them hasn't.
 */
public record CarriedColumns(ArrayList<Source> sources) implements Serializable {

  /** The columns of one source, in order. */
  public record Source(String name, ArrayList<Column> columns) implements Serializable {}

  /**
   * A column.
   *
   * @param name its {@link ColumnPlan#identity}
   */
  public record Column(String name, ValueType type) implements Serializable {}

  public static CarriedColumns of(FeaturePlan plan) {
    ArrayList<Source> sources = new ArrayList<>();
    plan.sources()
        .forEach(
            source -> {
              ArrayList<Column> columns = new ArrayList<>();
              source.columns().forEach(c -> columns.add(new Column(c.identity(), c.type())));
              sources.add(new Source(source.name(), columns));
            });
    return new CarriedColumns(sources);
  }

  List<List<ValueType>> types() {
    return sources.stream().map(s -> s.columns().stream().map(Column::type).toList()).toList();
  }

  void write(ArrayNode array) {
    for (Source source : sources) {
      ObjectNode node = array.addObject();
      node.put("source", source.name());
      ArrayNode columns = node.putArray("columns");
      source.columns().forEach(c -> columns.addObject().put(c.name(), c.type().name()));
    }
  }

  static CarriedColumns read(JsonNode array) {
    ArrayList<Source> sources = new ArrayList<>();
    for (JsonNode node : array) {
      ArrayList<Column> columns = new ArrayList<>();
      for (JsonNode column : node.required("columns")) {
        column
            .properties()
            .forEach(
                c -> columns.add(new Column(c.getKey(), ValueType.valueOf(c.getValue().asText()))));
      }
      sources.add(new Source(node.required("source").asText(), columns));
    }
    return new CarriedColumns(sources);
  }
}
