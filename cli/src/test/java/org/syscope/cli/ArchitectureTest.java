package org.syscope.cli;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The arrows of the house: cli to chisels to filters to capture, and nothing back. */
@AnalyzeClasses(packages = "org.syscope", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CAPTURE_KNOWS_NOTHING_ABOVE = noClasses().that().resideInAPackage("org.syscope.capture..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("org.syscope.filters..", "org.syscope.chisels..", "org.syscope.cli..");

    @ArchTest
    static final ArchRule FILTERS_KNOW_ONLY_CAPTURE = noClasses().that().resideInAPackage("org.syscope.filters..")
            .should().dependOnClassesThat().resideInAnyPackage("org.syscope.chisels..", "org.syscope.cli..");

    @ArchTest
    static final ArchRule CHISELS_DO_NOT_KNOW_THE_CLI = noClasses().that().resideInAPackage("org.syscope.chisels..")
            .should().dependOnClassesThat().resideInAPackage("org.syscope.cli..");

    @ArchTest
    static final ArchRule NO_CYCLES_INSIDE_CAPTURE = slices().matching("org.syscope.capture.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_INSIDE_FILTERS = slices().matching("org.syscope.filters.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_CLI_PRINTS = noClasses().that().resideOutsideOfPackage("org.syscope.cli..")
            .should().accessField(System.class, "out").orShould().accessField(System.class, "err")
            .orShould().callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule NO_FORMATTER_ON_THE_WAY_OF_AN_EVENT = noClasses().that()
            .resideInAnyPackage("org.syscope.capture.event..", "org.syscope.capture.scap..", "org.syscope.capture.state..",
                    "org.syscope.filters.eval..", "org.syscope.filters.field..", "org.syscope.filters.format..",
                    "org.syscope.filters.text..")
            .should().callMethod(String.class, "format", String.class, Object[].class)
            .orShould().callMethod(String.class, "formatted", Object[].class);

    @ArchTest
    static final ArchRule NOBODY_ENDS_THE_PROCESS_BUT_THE_CLI = noClasses().that().resideOutsideOfPackage("org.syscope.cli..")
            .should().callMethod(System.class, "exit", int.class)
            .orShould().callMethod(Runtime.class, "halt", int.class);
}
