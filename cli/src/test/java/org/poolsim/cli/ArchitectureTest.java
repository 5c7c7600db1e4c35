// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "org.poolsim", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] MODELS = {
    "org.poolsim.cpu..", "org.poolsim.memory..", "org.poolsim.storage..", "org.poolsim.network.."
  };

  @ArchTest
  static final ArchRule MODULE_ARROWS_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("engine")
          .definedBy("org.poolsim.engine..")
          .layer("models")
          .definedBy(MODELS)
          .layer("pool")
          .definedBy("org.poolsim.pool..")
          .layer("scenarios")
          .definedBy("org.poolsim.scenarios..")
          .layer("reports")
          .definedBy("org.poolsim.reports..")
          .layer("validation")
          .definedBy("org.poolsim.validation..")
          .layer("cli")
          .definedBy("org.poolsim.cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("validation")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("scenarios")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("reports")
          .mayOnlyBeAccessedByLayers("cli", "validation")
          .whereLayer("pool")
          .mayOnlyBeAccessedByLayers("scenarios", "validation", "cli")
          .whereLayer("models")
          .mayOnlyBeAccessedByLayers("pool", "scenarios", "validation", "cli");

  @ArchTest
  static final ArchRule A_MODEL_DEPENDS_ON_THE_ENGINE_ALONE =
      slices()
          .matching("org.poolsim.(cpu|memory|storage|network)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule MODELS_KNOW_NO_FILES_NO_YAML_AND_NO_HTML =
      noClasses()
          .that()
          .resideInAnyPackage(MODELS)
          .or()
          .resideInAPackage("org.poolsim.engine..")
          .or()
          .resideInAPackage("org.poolsim.pool..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io.file..",
              "java.nio.file..",
              "org.snakeyaml..",
              "tools.jackson..",
              "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule NOBODY_READS_THE_WALL_CLOCK_IN_A_MODEL =
      noClasses()
          .that()
          .resideInAnyPackage(MODELS)
          .or()
          .resideInAPackage("org.poolsim.pool..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now");
}
