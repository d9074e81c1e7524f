package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.value.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the definition says about one request.
 *
 * @param request the request
 * @param place its index in the list that the oracle was given
 * @param entities the request's entities and their keys as text; one whose key is null is absent
 * @param values the features, in the set's order
 * @param label the label's value; null where there is none, or the plan has no label
 */
public record OracleVector(
    SourceRow request,
    int place,
    Map<String, String> entities,
    Values values,
    @Nullable Object label) {}
