package org.syscope.filters.field;

import org.junit.jupiter.api.Test;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.text.EventBytes;

import static org.assertj.core.api.Assertions.assertThat;

/** The call that a thread is in, seen without an event of it. */
class CallFieldsTest {

    private final SystemState state = new SystemState(null);
    private final FieldCatalog catalog = StandardFields.catalog(FieldEnvironment.of(state));

    private String value(ThreadInfo thread, String name) throws Exception {
        Event event = EventBytes.event(EventCodes.PPME_PROCINFO_X, thread.tid);
        CurrentEvent current = new CurrentEvent(state);
        current.point(event);
        state.lookAt(thread);
        FieldValue out = new FieldValue();
        if (!catalog.resolve(name).extract(current, out)) {
            return null;
        }
        return out.kind() == FieldValue.Kind.NUMBER ? Long.toString(out.number()) : out.text();
    }

    @Test
    void aCallThatTheDriverToldOfHasItsNameAgeAndFd() throws Exception {
        ThreadInfo thread = new ThreadInfo(7);
        thread.pid = 7;
        assertThat(value(thread, "thread.call")).isNull();
        thread.callCode = SyscallTable.byName("read").code();
        thread.callSince = EventBytes.TIME - 250;
        thread.callFd = 3;
        assertThat(value(thread, "thread.call")).isEqualTo("read");
        assertThat(value(thread, "thread.call.age")).isEqualTo("250");
        assertThat(value(thread, "thread.call.fd")).isEqualTo("3");
        assertThat(value(thread, "thread.call.fdname")).isNull();
    }

    @Test
    void anEnterEventWithoutItsExitIsACallInFlight() throws Exception {
        Event event = EventBytes.event(EventCodes.PPME_GENERIC_E, 8, EventBytes.i16(SyscallTable.byName("fsync").code()),
                EventBytes.i16(74));
        state.process(event);
        ThreadInfo thread = state.threads().get(8);
        assertThat(value(thread, "thread.call")).isEqualTo("fsync");
        assertThat(value(thread, "thread.call.age")).isEqualTo("0");
        assertThat(value(thread, "thread.call.fd")).isNull();
    }
}
