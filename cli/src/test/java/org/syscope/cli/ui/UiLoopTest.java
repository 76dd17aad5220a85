package org.syscope.cli.ui;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.chisels.views.EventLines.Direction;
import org.syscope.chisels.views.EventLines.Line;
import org.syscope.chisels.views.SampleRow;
import org.syscope.chisels.views.SampleRows;
import org.syscope.chisels.views.Spectrogram;
import org.syscope.cli.ui.terminal.ColorDepth;
import org.syscope.cli.ui.terminal.Display;
import org.syscope.cli.ui.terminal.KeyDecoder;
import org.syscope.cli.ui.terminal.Screen;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys in, screens out, without a terminal. */
class UiLoopTest {

    private static final UiScreen.Source SOURCE = new UiScreen.Source("x.scap", "whole capture");

    private final FakeRun run = new FakeRun();
    private final UiLoop loop = new UiLoop(run, SOURCE, Theme.of(ColorDepth.FULL), Glyphs.of(true, false, "xterm"));
    private final FakeDisplay display = new FakeDisplay();
    private final KeyDecoder keys = new KeyDecoder(loop::input, () -> 0);

    private static final class FakeDisplay implements Display {
        private int rows = 12;
        private int columns = 80;
        private Screen shown;
        private final List<String> calls = new ArrayList<>();

        @Override
        public Screen blank() {
            return new Screen(rows, columns);
        }

        @Override
        public void show(Screen screen) {
            shown = screen;
        }

        @Override
        public void redraw() {
            calls.add("redraw");
        }

        @Override
        public void copy(String text) {
            calls.add("copy " + text);
        }

        @Override
        public void lend() {
            calls.add("lend");
        }

        @Override
        public void takeBack() {
            calls.add("take back");
        }

        @Override
        public void stop() {
            calls.add("stop");
        }
    }

    @BeforeEach
    void begin() {
        loop.begin(display);
        press("");
    }

    /** Types, with {@code ^[} for Escape, and draws. */
    private Screen press(String typed) {
        byte[] bytes = typed.replace("^[", "\033").getBytes(StandardCharsets.UTF_8);
        keys.feed(bytes, bytes.length);
        keys.idle();
        loop.step();
        return display.shown;
    }

    private String line(int row) {
        return display.shown.line(row);
    }

    private int selectedRow() {
        int selected = Theme.of(ColorDepth.FULL).selected();
        for (int row = 0; row < display.rows; row++) {
            if (display.shown.style(row, 0) == selected) {
                return row;
            }
        }
        return -1;
    }

    @Test
    void screenOfATable() {
        assertThat(display.shown.toString()).isEqualTo("""
                Viewing: Processes  For: whole capture
                Source: x.scap, 1,234 events, 5.0s  Filter: evt.type!=switch
                PID       CALLS▼ Command
                1              5 init
                22           300 nginx: worker
                333           40 redis-server




                CALLS: What CALLS means.
                F1Help F2Views F4Filter F5Echo F6Dig F7Legend F8Actions F9Sort F10Quit
                """);
    }

    @Test
    void wideScreensShowTheHistoryOfRows() {
        display.columns = 120;
        press("");
        assertThat(line(2)).endsWith("HISTORY");
        assertThat(line(4)).endsWith("▁▁█");
    }

    @Test
    void selectionStaysWithItsRow() {
        press("^[[B^[[B");
        assertThat(selectedRow()).isEqualTo(5);
        run.rows = List.of(FakeRun.row("333", 4000, "redis-server"), FakeRun.row("22", 300, "nginx: worker"));
        run.table();
        press("");
        assertThat(line(selectedRow())).startsWith("333");
        run.rows = List.of(FakeRun.row("22", 300, "nginx: worker"));
        run.table();
        press("");
        assertThat(line(selectedRow())).startsWith("22");
    }

    @Test
    void moreRowsThanRoomScroll() {
        List<SampleRow> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(FakeRun.row("p" + i, i, "x"));
        }
        run.rows = many;
        run.table();
        press("");
        press("^[[6~");
        assertThat(line(selectedRow())).startsWith("p6");
        press("^[[F");
        assertThat(line(9)).startsWith("p99");
        press("^[[5~");
        assertThat(line(selectedRow())).startsWith("p93");
        press("^[[H");
        assertThat(line(3)).startsWith("p0");
    }

    @Test
    void drillDownBackAndTheViewsForTheSelectedRow() {
        press("^[[B\r\u007fed^[[24;2~");
        assertThat(run.calls).containsExactly("down 22 null", "back", "down 22 echo", "down 22 dig", "down 22 spectro_file");
        assertThat(line(10)).isNotBlank();
    }

    @Test
    void breadcrumbs() {
        run.path.add(SampleRows.selection("Processes", "proc.pid", "22"));
        run.table();
        press("");
        assertThat(line(0)).isEqualTo("Viewing: Processes  For: whole capture › proc.pid=22");
        display.columns = 40;
        press("");
        assertThat(line(0)).isEqualTo("Viewing: Processes  For: ..› proc.pid=22");
    }

    @Test
    void sortingByDigitsHeadingsAndPanel() {
        press("!");
        press("^[[<0;12;3M^[[<0;12;3m");
        press(">");
        assertThat(line(2)).startsWith("Sort by");
        press("^[[B\r");
        assertThat(run.calls).containsExactly("sort 0", "sort 1", "sort 2");
        press("(");
        assertThat(run.calls).as("there is no ninth column").hasSize(3);
    }

    @Test
    void searchMovesTheSelectionWhileOneTypes() {
        press("/re");
        assertThat(line(10)).isEqualTo("Search: re");
        assertThat(line(selectedRow())).startsWith("333");
    }

    @Test
    void searchGoesRoundAndSaysWhenThereIsNothing() {
        press("/r\r");
        assertThat(line(selectedRow())).startsWith("22");
        press("n");
        assertThat(line(selectedRow())).startsWith("333");
        press("^[OR");
        assertThat(line(selectedRow())).startsWith("22");
        press("/nowhere\r");
        assertThat(line(10)).isEqualTo("'nowhere' is not here");
    }

    @Test
    void rowFilterShowsOnlyRowsWithTheText() {
        press("\\nginx");
        assertThat(line(3)).startsWith("22");
        assertThat(line(4)).isEmpty();
        press("^[");
        assertThat(line(4)).as("given up").startsWith("22");
        press("\\zzz\r");
        assertThat(display.shown.toString()).contains("No row has 'zzz' in it");
    }

    @Test
    void eventFilterByClick() {
        press("^[[<0;40;2M");
        assertThat(line(10)).isEqualTo("Filter: evt.type!=switch");
        press("\u0015proc.name=x\r");
        assertThat(run.calls).containsExactly("filter proc.name=x");
    }

    @Test
    void viewsPanel() {
        Screen screen = press("^[OQ");
        assertThat(screen.line(2)).startsWith("Select View");
        assertThat(screen.toString()).contains("Processes").contains("Events (dig)").contains("What Processes shows.");
        press("spec");
        assertThat(display.shown.toString()).contains("What Spectrogram-All shows.");
        press("\r");
        assertThat(run.calls).containsExactly("open spectro_all");
        press("v^[");
        assertThat(line(2)).startsWith("PID");
    }

    @Test
    void actionAsksFirstAndOnlyYesRunsIt() {
        press("k");
        assertThat(line(10)).isEqualTo("Run 'kill 1'? (y/n)");
        press("n");
        assertThat(display.calls).isEmpty();
        assertThat(line(10)).isEqualTo("not done");
        press("A");
        assertThat(line(3)).startsWith("k  kill");
        press("s");
        assertThat(display.calls).containsExactly("lend", "take back");
        assertThat(line(10)).isEqualTo("true: done");
    }

    @Test
    void helpAndLegend() {
        assertThat(press("h").line(2)).startsWith("Help");
        press("^[[6~");
        assertThat(display.shown.toString()).doesNotContain("Tables");
        press("q");
        assertThat(line(2)).startsWith("PID");
        assertThat(press("^[[18~").toString()).contains("Legend").contains("What Processes shows.");
    }

    @Test
    void pauseCommandLineSaveAndCopy() {
        press("p");
        press("C");
        assertThat(display.shown.toString()).contains("syscope -r x.scap");
        press("y");
        press("y");
        press("S\u0015/nonexistent/x.scap\r");
        assertThat(run.calls).containsExactly("pause true", "save /nonexistent/x.scap");
        assertThat(display.calls).containsExactly("copy syscope -r x.scap", "copy 1\t5\tinit");
    }

    @Test
    void timeSlider() {
        press("T");
        assertThat(line(8)).contains("The whole capture, 5.0s");
        press("-");
        press("^[[C");
        press(" ");
        press("0");
        press("a");
        assertThat(run.calls).containsExactly("interval 0 2500000000", "interval 0 5000000000", "play 0 1.0", "play 0 10.0",
                "interval " + -FakeRun.START + " " + -FakeRun.START);
    }

    @Test
    void timeSliderByMouse() {
        press("T");
        press("^[[<0;30;10M^[[<32;50;10M^[[<0;50;10m");
        assertThat(run.calls).hasSize(1).first().asString().startsWith("interval ");
    }

    @Test
    void eventLinesScrollSearchAndGoBack() {
        Line[] lines = new Line[50];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line("line " + (i + 1), i % 2 == 0 ? Direction.IN : Direction.OUT, false);
        }
        run.lines(lines);
        assertThat(press("").line(2)).isEqualTo("line 1");
        assertThat(line(10)).isEqualTo("lines 1 to 8 of 50");
        press(" ");
        assertThat(line(2)).isEqualTo("line 8");
        press("^[[F");
        assertThat(line(9)).isEqualTo("line 50");
        press("\u000712\r");
        assertThat(line(2)).isEqualTo("line 12");
        press("^[[C");
        assertThat(line(2)).isEqualTo("");
        press("^[[H/line 4\r");
        assertThat(line(4 + 1)).isEqualTo("line 4");
        press("/");
        assertThat(display.shown.toString()).contains("line 40");
        press("^[OQ^[[B\r");
        press("cq");
        assertThat(run.calls).containsExactly("format ASCII", "clear", "back");
    }

    @Test
    void spectrogramAreaByKeysAndMouse() {
        long[] counts = new long[Spectrogram.STEPS];
        counts[10] = 3;
        counts[50] = 900;
        run.spectrogram(new Spectrogram(List.of(new Spectrogram.Slice(FakeRun.START, FakeRun.START + 1000, counts),
                new Spectrogram.Slice(FakeRun.START + 1000, FakeRun.START + 2000, new long[Spectrogram.STEPS]))));
        Screen screen = press("");
        assertThat(screen.line(2)).startsWith("LATENCY  1ns").contains("1us").contains("1ms");
        int cell = 9 + 50 * 71 / 101;
        assertThat(screen.style(4, cell)).isNotEqualTo(screen.style(5, cell));
        press("\r");
        assertThat(run.calls).as("nothing is chosen yet").isEmpty();
        press("^[[A^[[A ^[[C^[[C\r");
        assertThat(run.calls).hasSize(1).first().asString().startsWith("area 0 1000 ");
        press("^[[<0;20;5M^[[<32;40;6M^[[<0;40;6m");
        assertThat(run.calls).hasSize(2).last().asString().startsWith("area 0 2000 ");
    }

    @Test
    void smallAndLargeScreens() {
        for (int[] size : new int[][] {{15, 60}, {5, 20}, {1, 1}, {60, 200}, {100, 300}, {3, 10}}) {
            display.rows = size[0];
            display.columns = size[1];
            for (String keys : new String[] {"", "h", "q", "v", "^[", "T", "\r", "\\", "^[", "k", "n"}) {
                assertThat(press(keys).rows()).isEqualTo(size[0]);
            }
        }
    }

    @Test
    void noticeStaysInTheStatusLine() {
        run.show(FakeRun.PROCS, null, run.sample(), null, null, "the file is cut off");
        assertThat(press("").line(10)).endsWith("the file is cut off");
    }

    @Test
    void lettersForEveryFunctionKey() {
        for (String[] pair : new String[][] {{"^[OP", "?"}, {"^[OQ", "v"}, {"^[OS", "\\"}, {"^[[18~", "L"}, {"^[[19~", "A"},
            {"^[[20~", ">"}, {"^[[23~", "C"}, {"^[OP", "^[1"}, {"^[[20~", "^[9"}}) {
            String byKey = press(pair[0]).toString();
            press("^[");
            assertThat(press(pair[1]).toString()).as(pair[1]).isEqualTo(byKey);
            press("^[");
        }
        press("e^[[15~d^[[17~G^[[24~F^[[24;2~");
        assertThat(run.calls).containsExactly("down 1 echo", "down 1 echo", "down 1 dig", "down 1 dig", "down 1 spectro_all",
                "down 1 spectro_all", "down 1 spectro_file", "down 1 spectro_file");
    }

    @Test
    void suspendAndRedraw() {
        press("\u001a\u000c");
        assertThat(display.calls).containsExactly("stop", "redraw");
    }

    @Test
    void everyWayOut() {
        for (String out : new String[] {"q", "^[[21~", "\u0003"}) {
            UiLoop other = new UiLoop(run, SOURCE, Theme.of(ColorDepth.NONE), Glyphs.of(false, false, "xterm"));
            other.begin(display);
            byte[] bytes = out.replace("^[", "\033").getBytes(StandardCharsets.UTF_8);
            new KeyDecoder(other::input, () -> 0).feed(bytes, bytes.length);
            assertThat(other.step()).as(out).isFalse();
        }
        run.over = true;
        assertThat(loop.step()).isFalse();
    }
}
