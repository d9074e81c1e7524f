package dev.lockstep.define;

import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The features that stand for an expression's listed values, and the mistakes in the list. */
record OneHot(List<FeatureSet.DerivedPart> parts, SetOnce once) {

  static OneHot of(
      String featureName, Expression expression, List<Node.Literal> values, SetOnce once) {
    String subject = "feature " + featureName;
    SetOnce found = once;
    if (values.isEmpty()) {
      found =
          found.with(
              new DefinitionError(
                  subject,
                  "its one-hot encoding lists no value",
                  "list at least one: oneHot(\"country\", request(Order::country), \"US\")"));
    }
    List<FeatureSet.DerivedPart> parts = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (Node.Literal value : values) {
      if (!seen.add(value.value())) {
        found =
            found.with(
                new DefinitionError(
                    subject,
                    "its one-hot encoding lists [" + value.value() + "] twice",
                    "list each value once"));
      } else if (!value.value().toString().matches("[A-Za-z0-9_]+")) {
        found =
            found.with(
                new DefinitionError(
                    subject,
                    "its one-hot encoding lists ["
                        + value.value()
                        + "], which can't be part of a feature's name",
                    "add that one by itself: .derive(\"a_name\","
                        + " expression.equalTo(value).asInteger())"));
      } else {
        Condition isIt =
            new Condition(new Node.Binary(BinaryOperator.EQUAL_TO, expression.node, value));
        parts.add(new FeatureSet.DerivedPart(featureName + "_" + value.value(), isIt.asInteger()));
      }
    }
    return new OneHot(parts, found);
  }
}
