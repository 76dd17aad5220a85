package org.syscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.CurrentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls are counted once, with their errors and times. */
class CallSummaryTest {

    private static List<String> summary(Events events, boolean perProcess) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SystemState state = new SystemState(null);
        CallSummary summary = new CallSummary(out, perProcess);
        new EventLoop(state, new CurrentEvent(state),
                new EventLoop.Options(null, null, false, Long.MAX_VALUE, Long.MAX_VALUE, false), List.of(summary),
                new Interrupts(), new Totals()).run(events, () -> { });
        summary.close();
        return out.toString().lines().map(line -> line.strip().replaceAll(" {2,}", "|")).toList();
    }

    private static Events pair(Events events, long time, long latency, long result) {
        return events.add(time, 7, EventCodes.PPME_SYSCALL_CLOSE_E, Events.i64(3))
                .add(time + latency, 7, EventCodes.PPME_SYSCALL_CLOSE_X, Events.i64(result));
    }

    @Test
    void enterAndExitAreOneCall() throws IOException {
        Events events = new Events();
        pair(events, 1_000, 100, 0);
        pair(events, 2_000, 300, -9);
        assertThat(summary(events, false)).containsExactly(
                "Calls|Errors|Total|Min|Average|Max|p99|Call",
                "2|1|400 ns|100 ns|200 ns|300 ns|300 ns|close",
                "2|1|400 ns|total");
    }

    @Test
    void callsWithoutAnEnterEventHaveNoTime() throws IOException {
        Events events = new Events().add(1, 7, EventCodes.PPME_SYSCALL_CLOSE_X, Events.i64(0));
        assertThat(summary(events, false)).contains("1|close", "1|total");
    }

    @Test
    void nothingGivesAnEmptyTable() throws IOException {
        assertThat(summary(new Events(), true)).containsExactly(
                "Calls|Errors|Total|Min|Average|Max|p99|Process|Call", "0|total");
    }
}
