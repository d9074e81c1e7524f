package dev.lockstep.examples.fraud;

import dev.lockstep.beam.coder.RecordCoder;
import java.time.Instant;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;

/** The README's pipeline runs as it stands. */
class OwnPipelineTest {
  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  @Test
  void givesAVectorForEachSwipe() {
    Pipeline pipeline = Pipeline.create();
    var swipes =
        pipeline.apply(
            "Swipes",
            Create.of(
                    new Swipe("a", 1, "card", "shop", 12.5, NOON, NOON),
                    new Swipe(
                        "b", 2, "card", "shop", 7.5, NOON.plusSeconds(60), NOON.plusSeconds(60)))
                .withCoder(RecordCoder.of(Swipe.class)));
    var accounts = pipeline.apply("Accounts", Create.empty(RecordCoder.of(Account.class)));
    PAssert.that(
            OwnPipeline.vectors(swipes, accounts)
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(v -> v.requestId() + " " + v.entities())))
        .containsInAnyOrder("a {card=card, merchant=shop}", "b {card=card, merchant=shop}");
    pipeline.run().waitUntilFinish();
  }
}
