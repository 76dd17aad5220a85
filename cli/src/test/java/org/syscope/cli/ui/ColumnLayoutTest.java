package org.syscope.cli.ui;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.syscope.chisels.views.Aggregation;
import org.syscope.chisels.views.SampleColumn;
import org.syscope.chisels.views.ViewColumn;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.PrintFormat;

import static org.assertj.core.api.Assertions.assertThat;

class ColumnLayoutTest {

    private static SampleColumn column(String name, int size) {
        return new SampleColumn(new ViewColumn(name, "proc.name", "", size, false, false, false, List.of(), Aggregation.NONE,
                Aggregation.NONE, null, false), "proc.name", FieldType.CHARBUF, PrintFormat.NA, "");
    }

    private static ColumnLayout of(List<SampleColumn> columns, int room, int first) {
        return ColumnLayout.of(columns, room, first, new int[] {5, 4, 4, 90});
    }

    private static final List<SampleColumn> PROCESSES =
            List.of(column("PID", 8), column("CPU", 8), column("USER", 12), column("Command", 0));

    @Test
    void widthsAreThoseOfTheViewAndTheLastTakesTheRest() {
        ColumnLayout layout = of(PROCESSES, 80, 0);
        assertThat(layout.starts()).containsExactly(0, 8, 16, 28);
        assertThat(layout.widths()).containsExactly(7, 7, 11, 52);
    }

    @Test
    void onANarrowScreenTheRestGetsWhatTheOthersDoNotNeed() {
        ColumnLayout layout = of(PROCESSES, 50, 0);
        assertThat(layout.starts()).containsExactly(0, 6, 11, 17);
        assertThat(layout.widths()).containsExactly(5, 4, 5, 33);
    }

    @Test
    void nothingBeginsBehindTheEdge() {
        ColumnLayout layout = of(PROCESSES, 14, 0);
        assertThat(layout.starts()).containsExactly(0, 6, 11, -1);
        assertThat(layout.widths()).containsExactly(5, 4, 3, 0);
        assertThat(of(PROCESSES, 0, 0).starts()).containsOnly(-1);
    }

    @Test
    void scrolledSidewaysItBeginsWithAnotherColumn() {
        ColumnLayout layout = of(PROCESSES, 40, 2);
        assertThat(layout.starts()).containsExactly(-1, -1, 0, 6);
        assertThat(layout.widths()[3]).isEqualTo(34);
        assertThat(layout.at(3)).isEqualTo(2);
        assertThat(layout.at(30)).isEqualTo(3);
    }

    @Test
    void restInTheMiddleLeavesRoomForWhatIsBehind() {
        ColumnLayout layout = of(List.of(column("A", 10), column("REST", 0), column("B", 10)), 60, 0);
        assertThat(layout.starts()).containsExactly(0, 10, 51);
        assertThat(layout.widths()).containsExactly(9, 40, 9);
    }

    @Test
    void columnIsAtLeastAsWideAsItsName() {
        assertThat(of(List.of(column("THREADS", 3), column("C", 0)), 80, 0).widths()[0]).isEqualTo(7);
    }
}
