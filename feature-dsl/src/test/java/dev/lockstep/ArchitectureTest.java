package dev.lockstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** The order of this module's packages, and the absence of everything but the JDK and JSpecify. */
@AnalyzeClasses(packages = "dev.lockstep", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** Each level may use those before it. Two packages of one level: no cycle, either direction. */
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("time"),
          Set.of("value"),
          Set.of("aggregate"),
          Set.of("expression"),
          Set.of("define"),
          Set.of("plan"),
          Set.of("store", "wire"),
          Set.of("kernel"),
          Set.of("intake"),
          Set.of("testing"));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.lockstep.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule dependsOnTheJdkAndJSpecifyAlone =
      classes()
          .that()
          .resideInAPackage("dev.lockstep..")
          .and()
          // ASM goes into the jar under a name of our own.
          .doNotHaveSimpleName("RecordClassFile")
          .and()
          .doNotHaveSimpleName("Instructions")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "dev.lockstep..")
          .allowEmptyShould(true);

  @ArchTest
  static void packagesUseOnlyEarlierLevels(JavaClasses imported) {
    for (int level = 0; level < LEVELS.size() - 1; level++) {
      noClasses()
          .that()
          .resideInAnyPackage(packages(LEVELS.subList(level, level + 1)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(LEVELS.subList(level + 1, LEVELS.size())))
          .allowEmptyShould(true)
          .check(imported);
    }
  }

  private static String[] packages(List<Set<String>> levels) {
    return levels.stream()
        .flatMap(Set::stream)
        .map(name -> "dev.lockstep." + name + "..")
        .toArray(String[]::new);
  }
}
