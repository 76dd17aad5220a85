package org.syscope.chisels.views;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.text.BufferFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The way through views: down, up, sorting, filtering, spectrograms, lines; on the sample capture of this project. */
class ViewEngineTest {

    private static final Path SAMPLE = Path.of("../samples/refused-connection/refused-connection.scap");

    private static FileRun run(String filter, String view) throws Exception {
        assertThat(Files.exists(SAMPLE)).isTrue();
        return new FileRun(SAMPLE, filter, false).begin(view);
    }

    private static SampleRow row(FileRun run, String key) {
        return run.shown().sample().rows().get(run.shown().sample().indexOf(key));
    }

    @Test
    void aSelectionBecomesAFilter() throws Exception {
        FileRun run = run("evt.dir=<", null);
        assertThat(run.shown().view().id()).isEqualTo("procs");
        SampleRow bash = run.shown().sample().rows().stream().filter(row -> run.shown().sample().text(row, 9).startsWith("bash"))
                .findFirst().orElseThrow();
        run.engine.drillDown(bash, null);
        run.settle();
        assertThat(run.shown().view().id()).isEqualTo("threads");
        assertThat(run.shown().filter()).isEqualTo("((evt.dir=<) and ((evt.type!=switch) and proc.pid=" + bash.key()
                + ")) and (evt.type!=switch)");
        assertThat(run.shown().selectionField()).isEqualTo("proc.pid");
        assertThat(run.shown().sample().rows()).isNotEmpty().allSatisfy(
                row -> assertThat(run.shown().sample().text(row, 0)).isEqualTo(bash.key()));
        run.engine.drillDown(run.shown().sample().rows().getFirst(), "files");
        run.settle();
        assertThat(run.shown().path()).hasSize(2);
        assertThat(run.shown().filter()).startsWith("((evt.dir=<) and (((evt.type!=switch) and proc.pid=");
        assertThat(run.engine.back()).isTrue();
        run.settle();
        assertThat(run.shown().view().id()).isEqualTo("threads");
        run.engine.back();
        run.settle();
        assertThat(run.shown().view().id()).isEqualTo("procs");
        assertThat(run.engine.back()).isFalse();
    }

    @Test
    void textsAreQuotedInFilters() throws Exception {
        FileRun run = run("", "errors");
        run.engine.drillDown(row(run, "ECONNREFUSED"), "dig");
        run.settle();
        assertThat(run.shown().filter()).isEqualTo("(evt.res != SUCCESS) and evt.res=\"ECONNREFUSED\"");
        assertThat(run.shown().lines().lines()).hasSize(1).first().extracting(EventLines.Line::text).asString()
                .contains("connect").contains("ECONNREFUSED");
        assertThat(Selection.quoted(new byte[]{'a', '"', '\\', 7, (byte) 0xC3, (byte) 0xA4, (byte) 0xFF}))
                .isEqualTo("\"a\\\"\\\\\\x07\u00e4\\xff\"");
        assertThat(run.engine.commandLine()).isEqualTo(
                "syscope -r trace.scap '(evt.res != SUCCESS) and evt.res=\"ECONNREFUSED\"'");
    }

    @Test
    void whatFailedIsShownWithItsPath() throws Exception {
        FileRun run = run("", "error_paths");
        Sample sample = run.shown().sample();
        assertThat(sample.rows()).anySatisfy(row -> {
            assertThat(sample.text(row, 1)).isEqualTo("ECONNREFUSED");
            assertThat(sample.text(row, 4)).contains("127.0.0.1:5433");
        });
        assertThat(run.engine.commandLine()).isEqualTo("syscope ui --raw -v error_paths -r trace.scap");
    }

    @Test
    void anotherOrderAnotherFilter() throws Exception {
        FileRun run = run("", "syscalls");
        List<SampleRow> first = run.shown().sample().rows();
        run.engine.sort(3);
        run.settle();
        assertThat(run.shown().ascending()).isTrue();
        assertThat(run.shown().sample().rows()).isSortedAccordingTo((a, b) -> a.key().compareTo(b.key())).hasSameSizeAs(first);
        run.engine.rowFilter("OPEN");
        run.settle();
        assertThat(run.shown().sample().rows()).isNotEmpty().allSatisfy(row -> assertThat(row.key()).contains("open"));
        run.engine.eventFilter("evt.type=connect");
        run.settle();
        assertThat(run.shown().filter()).isEqualTo("evt.type=connect");
        assertThatThrownBy(() -> run.engine.eventFilter("evt.type=")).isInstanceOf(FilterException.class);
        assertThatThrownBy(() -> run.engine.open("nosuch")).isInstanceOf(ViewException.class).hasMessageContaining("nosuch");
    }

    @Test
    void aSpectrogramHasLatenciesAndOpensIntoLines() throws Exception {
        FileRun run = run("", "spectro_all");
        Spectrogram spectrogram = run.shown().spectrogram();
        long counted = spectrogram.slices().stream().mapToLong(slice -> Arrays.stream(slice.counts()).sum()).sum();
        assertThat(counted).isPositive().isEqualTo(run.shown().time().matched());
        Spectrogram.Slice slice = spectrogram.slices().getFirst();
        run.engine.drillDown(new SpectrogramArea(slice.from(), slice.to(), 0, Long.MAX_VALUE));
        run.settle();
        assertThat(run.shown().special()).isEqualTo("dig");
        assertThat(run.shown().lines().lines()).isNotEmpty().allSatisfy(
                line -> assertThat(line.text()).startsWith("(latency="));
    }

    @Test
    void ioIsEchoedWithItsHeadings() throws Exception {
        FileRun run = run("proc.name=sed", "echo");
        assertThat(run.shown().lines().lines()).extracting(EventLines.Line::text)
                .anySatisfy(text -> assertThat(text).matches("------ (Read|Write) \\d+B (from|to) .* \\(sed\\)"));
        run.engine.bufferFormat(BufferFormat.HEX);
        run.settle();
        assertThat(run.shown().lines().lines()).extracting(EventLines.Line::text)
                .anySatisfy(text -> assertThat(text.strip()).startsWith("0x0000: "));
    }

    @Test
    void actionsGetTheRowsValuesQuoted() {
        assertThat(ShellText.command("less %fd.name; echo 100%", field -> field.equals("fd.name") ? "/tmp/it's" : null))
                .isEqualTo("less '/tmp/it'\\''s'; echo 100%");
        assertThat(ShellText.command("kill -9 %proc.pid", field -> field.equals("proc.pid") ? "12" : null))
                .isEqualTo("kill -9 12");
    }
}
