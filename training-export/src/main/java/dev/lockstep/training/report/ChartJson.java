package dev.lockstep.training.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;

/** A chart as JSON for the page's script, in a form that can't end the element it stands in. */
final class ChartJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** More is invisible, and a page of many charts should stay small. */
  private static final MathContext DIGITS = new MathContext(6);

  private ChartJson() {}

  static String of(Chart chart) {
    ObjectNode root = JSON.createObjectNode();
    root.put("kind", chart.kind().name());
    root.put("title", chart.title());
    ArrayNode categories = root.putArray("categories");
    chart.categories().forEach(categories::add);
    root.set("x", axis(chart.x()));
    root.set("y", axis(chart.y()));
    ArrayNode series = root.putArray("series");
    for (Series s : chart.series()) {
      ObjectNode node = series.addObject().put("name", s.name()).put("reference", s.isReference());
      if (chart.kind() == Chart.Kind.CURVES) {
        node.set("x", numbers(s.x()));
      }
      node.set("y", numbers(s.y()));
    }
    return escaped(root.toString());
  }

  private static ObjectNode axis(Axis axis) {
    ObjectNode node = JSON.createObjectNode().put("name", axis.name()).put("share", axis.share());
    if (Double.isFinite(axis.from())) {
      node.put("from", axis.from());
    }
    if (Double.isFinite(axis.to())) {
      node.put("to", axis.to());
    }
    return node;
  }

  private static ArrayNode numbers(double[] values) {
    ArrayNode array = JSON.createArrayNode();
    for (double value : values) {
      if (Double.isFinite(value)) {
        array.add(new BigDecimal(value).round(DIGITS).stripTrailingZeros());
      } else {
        array.addNull();
      }
    }
    return array;
  }

  /** In JSON these occur inside strings only, where their escapes mean the same. */
  static String escaped(String json) {
    return json.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
