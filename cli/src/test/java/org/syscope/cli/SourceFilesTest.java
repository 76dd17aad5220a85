package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** No capture is written over while it is read. */
class SourceFilesTest {

    @TempDir
    private Path folder;

    @Test
    void theSameFileByAnyNameIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("a.scap"), "x");
        Path symlink = Files.createSymbolicLink(folder.resolve("soft"), file);
        Path link = Files.createLink(folder.resolve("hard"), file);
        SourceFiles sources = new SourceFiles(List.of(folder.resolve("other").toString(), file.toString()));
        assertThatThrownBy(() -> sources.refuse(file.toString())).isInstanceOf(IOException.class)
                .hasMessage(file + " is the capture that is read: write to another file");
        for (Path other : List.of(symlink, link, folder.resolve(".").resolve("a.scap"))) {
            assertThatThrownBy(() -> sources.refuse(other.toString())).hasMessage(
                    other + " is the capture that is read as " + file + ": write to another file");
        }
    }

    @Test
    void othersAreNot() throws IOException {
        Path file = Files.writeString(folder.resolve("a.scap"), "x");
        Path same = Files.writeString(folder.resolve("b.scap"), "x");
        SourceFiles sources = new SourceFiles(List.of(file.toString(), "/dev/null"));
        assertThatCode(() -> {
            sources.refuse(same.toString());
            sources.refuse(folder.resolve("new").toString());
            sources.refuse("/dev/null");
        }).doesNotThrowAnyException();
    }
}
