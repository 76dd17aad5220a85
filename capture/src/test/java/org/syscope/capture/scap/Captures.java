package org.syscope.capture.scap;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The folder of real captures that tests read in place: {@code SYSCOPE_CAPTURES}, by default beside the checkout. */
final class Captures {

    private Captures() {
    }

    /** The folder; the test is skipped where it is missing. */
    static Path folder() {
        String set = System.getProperty("SYSCOPE_CAPTURES", System.getenv("SYSCOPE_CAPTURES"));
        Path folder = Path.of(set == null ? "../../shared/captures" : set);
        assumeTrue(Files.isDirectory(folder), "no captures in " + folder + ": set SYSCOPE_CAPTURES");
        return folder;
    }

    /** One capture of the folder. */
    static Path file(String name) {
        return folder().resolve(name);
    }
}
