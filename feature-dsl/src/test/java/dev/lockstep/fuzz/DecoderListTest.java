package dev.lockstep.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lockstep.wire.ByteReader;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The list of decoders is whole: no class of this module takes bytes without being on it. */
class DecoderListTest {
  /** Classes that take bytes and are not on the list, and why. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("dev.lockstep.wire.ByteWriter", "writes them"),
          Map.entry("dev.lockstep.intake.EventFormat", "its formats: MessageGarbageTest"),
          Map.entry("dev.lockstep.intake.EventReader", "its formats' readers: MessageGarbageTest"),
          Map.entry("dev.lockstep.intake.MessageReader", "picks one: MessageGarbageTest"),
          Map.entry("dev.lockstep.intake.Framing", "names what none reads: MessageGarbageTest"),
          Map.entry("dev.lockstep.wire.ModelFile", "XGBoost's, not ours: ModelFilesTest"),
          Map.entry("dev.lockstep.wire.Ubjson", "under ModelFile"),
          Map.entry("dev.lockstep.value.ColumnVector", "fills them"),
          Map.entry("dev.lockstep.store.StateWrite", "carries them"),
          Map.entry("dev.lockstep.wire.AvroFrame", "under FeatureVectorCodec, ScoringResultCodec"),
          Map.entry("dev.lockstep.kernel.BlockWrite", "carries them"),
          Map.entry("dev.lockstep.kernel.BlockDirectory", "under BlockedStateCodec"),
          Map.entry("dev.lockstep.kernel.RowsCodec", "under both forms of a state"),
          Map.entry("dev.lockstep.kernel.StateHead", "under both forms of a state"),
          Map.entry("dev.lockstep.aggregate.exact.DoubleProductSum", "under DoubleMoments"),
          Map.entry(
              "dev.lockstep.aggregate.exact.FixedPointBytes", "under DoubleSum and DoubleMoments"),
          Map.entry("dev.lockstep.aggregate.exact.IntegerBytes", "under LongSum and LongMoments"),
          Map.entry("dev.lockstep.aggregate.exact.MeanBytes", "under the means and moments"));

  @Test
  void everyClassThatTakesBytesIsListedOrSaysWhyNot() {
    Set<String> takeBytes = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.lockstep")) {
      if (type.getCodeUnits().stream().anyMatch(DecoderListTest::takesBytes)) {
        takeBytes.add(type.getName());
      }
    }
    Set<String> known = new TreeSet<>(ELSEWHERE.keySet());
    for (Decoder decoder : Decoder.values()) {
      known.add(decoder.owner().getName());
    }
    assertEquals(
        known,
        takeBytes,
        "a decoder is missing in Decoder (or, with the reason, here), or one named is gone");
  }

  @Test
  void everyDecoderHasItsFuzzTest() {
    Set<String> decoders = new TreeSet<>();
    for (Decoder decoder : Decoder.values()) {
      decoders.add(decoder.name().replace("_", "").toLowerCase(Locale.ROOT));
    }
    Set<String> tests = new TreeSet<>();
    for (Method method : DecodersFuzzTest.class.getDeclaredMethods()) {
      if (method.isAnnotationPresent(FuzzTest.class)) {
        tests.add(method.getName().toLowerCase(Locale.ROOT));
      }
    }
    assertEquals(decoders, tests);
  }

  private static boolean takesBytes(JavaCodeUnit method) {
    return !method.getModifiers().contains(JavaModifier.PRIVATE)
        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
        && method.getRawParameterTypes().stream()
            .anyMatch(t -> t.isEquivalentTo(byte[].class) || t.isEquivalentTo(ByteReader.class));
  }
}
