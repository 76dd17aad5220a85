package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that are read, so that none of them is written: that would empty it before it is read. */
final class SourceFiles {

    private static final Path STDIN = Path.of("/proc/self/fd/0");
    private static final Path STDOUT = Path.of("/proc/self/fd/1");

    private final List<String> names;

    /** Files by the names given to {@code -r}; none for a live run. */
    SourceFiles(List<String> names) {
        this.names = names;
    }

    /**
     * Refuses a name for writing that is one of the files, by whatever path, link or redirection.
     *
     * @param target a path, or {@code -} for standard output
     * @throws IOException if it is one of them
     */
    void refuse(String target) throws IOException {
        Path written = target.equals("-") ? STDOUT : Path.of(target);
        for (String name : names) {
            Path read = name.equals("-") ? STDIN : Path.of(name);
            if (Files.isRegularFile(read) && Files.exists(written) && Files.isSameFile(read, written)) {
                throw new IOException((target.equals("-") ? "standard output" : target) + " is the capture that is read"
                        + (target.equals(name) ? "" : " as " + name) + ": write to another file");
            }
        }
    }
}
