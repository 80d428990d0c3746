package org.panscope.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may import whom. A failing rule is a design question, not something to silence.
@AnalyzeClasses(packages = "org.panscope", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

    @ArchTest
    static final ArchRule MODULES_POINT_DOWNWARDS =
            layeredArchitecture()
                    .consideringOnlyDependenciesInAnyPackage("org.panscope..")
                    .layer("trace")
                    .definedBy("org.panscope.trace..")
                    .layer("core")
                    .definedBy("org.panscope.core..")
                    .layer("app")
                    .definedBy("org.panscope.app..")
                    .whereLayer("app")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("core")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("trace")
                    .mayOnlyBeAccessedByLayers("core", "app");

    @ArchTest
    static final ArchRule ENGINE_NEEDS_NO_DISPLAY =
            noClasses()
                    .that()
                    .resideInAnyPackage("org.panscope.trace..", "org.panscope.core..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "javafx..", "java.awt..", "javax.swing..", "org.controlsfx..")
                    .because("the engine must run without a display");

    @ArchTest
    static final ArchRule SIMULATION_KNOWS_NO_GPU =
            noClasses()
                    .that()
                    .resideInAPackage("org.panscope.core.sim..")
                    .should()
                    .dependOnClassesThat(inCoreBut("sim"))
                    .because("sim is a discrete-event machine and nothing else");

    @ArchTest
    static final ArchRule DRIVER_AND_FIRMWARE_MEET_IN_MEMORY =
            noClasses()
                    .that()
                    .resideInAPackage("org.panscope.core.kernel..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.panscope.core.fw..", "org.panscope.core.user..")
                    .because("as on the chip: registers, shared memory, doorbells and interrupts");

    @ArchTest
    static final ArchRule FIRMWARE_KNOWS_NO_DRIVER =
            noClasses()
                    .that()
                    .resideInAnyPackage("org.panscope.core.fw..", "org.panscope.core.hw..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.panscope.core.kernel..", "org.panscope.core.user..")
                    .because("as on the chip: registers, shared memory, doorbells and interrupts");

    @ArchTest
    static final ArchRule CLIENTS_SEE_SYSTEM_CALLS_ONLY =
            noClasses()
                    .that()
                    .resideInAPackage("org.panscope.core.user..")
                    .should()
                    .dependOnClassesThat(inCoreBut("user", "uapi", "sim", "isa"))
                    .because("a client sees ioctls, mappings, doorbells and eventfds");

    @ArchTest
    static final ArchRule READING_A_TRACE_NEEDS_NO_EMULATOR =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "org.panscope.core.state..",
                            "org.panscope.core.timeline..",
                            "org.panscope.core.capture..",
                            "org.panscope.core.export..",
                            "org.panscope.core.explain..",
                            "org.panscope.core.report..",
                            "org.panscope.core.analysis..",
                            "org.panscope.core.filter..",
                            "org.panscope.core.sql..",
                            "org.panscope.core.fields..")
                    .should()
                    .dependOnClassesThat(
                            inCoreBut(
                                    "state",
                                    "timeline",
                                    "capture",
                                    "explain",
                                    "report",
                                    "analysis",
                                    "export",
                                    "filter",
                                    "sql",
                                    "fields",
                                    "isa"))
                    .because("captures and emulated runs are read by the same code");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_THE_DATABASE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.panscope.core.sql")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.duckdb..", "java.sql..")
                    .because(
                            "what tables say is computed without a database, and shown without"
                                    + " one");

    @ArchTest
    static final ArchRule WINDOW_HOLDS_NO_RULE_ABOUT_GPUS =
            noClasses()
                    .that()
                    .resideInAPackage("org.panscope.app..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.panscope.core.hw..",
                            "org.panscope.core.fw..",
                            "org.panscope.core.kernel..");

    @ArchTest
    static final ArchRule MODELS_ARE_TOOLKIT_FREE =
            noClasses()
                    .that()
                    .resideInAPackage("org.panscope.app..")
                    .and()
                    .haveSimpleNameEndingWith("Model")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..")
                    .because("view models are tested without a toolkit");

    @ArchTest
    static final ArchRule RUNS_ARE_REPRODUCIBLE =
            noClasses()
                    .that()
                    .resideInAPackage("org.panscope.core..")
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.util.Random")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.util.HashMap")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.util.HashSet")
                    .because("a run is a function of scenario and seed");

    @ArchTest
    static final ArchRule ONLY_THE_SIMULATION_KNOWS_THREADS =
            noClasses()
                    .that()
                    .resideInAPackage("org.panscope.core..")
                    .and()
                    .resideOutsideOfPackage("org.panscope.core.sim..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.Thread")
                    .because("one thing at a time: concurrency is modelled, not used");

    @ArchTest
    static final ArchRule CORE_PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.panscope.core.(*)..").should().beFreeOfCycles();

    private static DescribedPredicate<JavaClass> inCoreBut(String... allowed) {
        return new DescribedPredicate<>("are in core outside " + String.join(", ", allowed)) {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getPackageName();
                if (!name.startsWith("org.panscope.core.")) {
                    return false;
                }
                for (String part : allowed) {
                    if (name.equals("org.panscope.core." + part)
                            || name.startsWith("org.panscope.core." + part + ".")) {
                        return false;
                    }
                }
                return true;
            }
        };
    }
}
