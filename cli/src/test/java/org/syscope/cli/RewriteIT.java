package org.syscope.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** Parts of captures, read and rewritten through the launcher. */
class RewriteIT {

    @TempDir
    private Path folder;

    @Test
    void aRangePrintsTheLinesThatTheWholeHas() throws Exception {
        String sample = Launcher.capture("sample.scap").toString();
        List<String> whole = Files.readAllLines(Launcher.capture("expected/sample.default.txt"));
        Result part = Launcher.run("-r", sample, "--from", "#100", "--to", "#200");
        assertThat(part.err()).isEmpty();
        List<String> expected = whole.stream().filter(line -> {
            int number = Integer.parseInt(line.substring(0, line.indexOf(' ')));
            return number >= 100 && number <= 200;
        }).toList();
        assertThat(part.text().lines().toList()).isNotEmpty().isEqualTo(expected);
        String time = expected.get(10).split(" ")[1];
        Result fromTime = Launcher.run("-r", sample, "--from", time, "--to", "#200");
        assertThat(fromTime.text().lines().toList()).isEqualTo(expected.subList(10, expected.size()));
    }

    @Test
    void aRewrittenRangeKeepsNames() throws Exception {
        String sample = Launcher.capture("sample.scap").toString();
        String file = folder.resolve("part.scap").toString();
        Result written = Launcher.run("-r", sample, "--from", "#300", "-w", file);
        assertThat(written.status()).as(written.err()).isZero();
        String[] format = {"-p", "*%evt.type %proc.name %fd.name %evt.args"};
        Result before = Launcher.run("-r", sample, "--from", "#300", format[0], format[1]);
        Result after = Launcher.run("-r", file, format[0], format[1]);
        assertThat(after.text()).isNotEmpty().isEqualTo(before.text());
    }

    @Test
    void anEmptyRangeIsSaid() throws Exception {
        Result result = Launcher.run("-r", Launcher.capture("sample.scap").toString(), "--from=+100h");
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.errorLines()).containsExactly("syscope: no event lies between --from and --to");
    }

    @Test
    void aCaptureIsNotWrittenOverWhileItIsRead() throws Exception {
        Path copy = Files.copy(Launcher.capture("sample.scap"), folder.resolve("copy.scap"));
        byte[] before = Files.readAllBytes(copy);
        Result result = Launcher.run("-r", copy.toString(), "-w", folder.resolve("./copy.scap").toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errorLines()).hasSize(1).first().asString().contains("is the capture that is read");
        assertThat(Files.readAllBytes(copy)).isEqualTo(before);
    }
}
