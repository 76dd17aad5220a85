package org.syscope.cli;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.syscope.capture.driver.DriverOptions;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command line asks of the driver: above all, when enter events are wanted. */
class DriverRequestTest {

    private static DriverOptions request(String... words) throws Exception {
        Settings settings = new Settings(CommandWords.parse(List.of(words)));
        EventFormats formats = new EventFormats(settings, new SystemState(null));
        formats.lines(true);
        Filter filter = settings.filter().isBlank() ? null : new FilterCompiler(formats.catalog()).compile(settings.filter());
        return DriverRequest.of(settings, filter, null, formats.showsEnters(), settings.snaplen());
    }

    private static BitSet codes(String... calls) {
        BitSet codes = new BitSet();
        for (String call : calls) {
            codes.set(SyscallTable.byName(call).code());
        }
        return codes;
    }

    @Test
    void withoutOptionsThereAreExitEventsWithLatencies() throws Exception {
        DriverOptions usual = request();
        assertThat(usual.enters().isEmpty()).isTrue();
        assertThat(usual.latency()).isTrue();
        assertThat(usual.onlyTraced()).isFalse();
        assertThat(usual.bufferBytes()).isBetween(8 << 20, 32 << 20);
        assertThat(request("-p", "c").enters().isEmpty()).as("named formats are no wish for enter events").isTrue();
    }

    @Test
    void enterEventsComeWhereTheyAreAskedFor() throws Exception {
        assertThat(request("--enter").enters().cardinality()).isEqualTo(DriverOptions.CODES);
        assertThat(request("--enter", "evt.type=read").enters()).isEqualTo(codes("read"));
        assertThat(request("--enter", "-d", "evt.type=read").enters().cardinality()).isEqualTo(DriverOptions.CODES);
        assertThat(request("-p", "%evt.dir %evt.type", "evt.type in (read, getppid)").enters())
                .isEqualTo(codes("read", "getppid"));
        assertThat(request("evt.type=read and evt.dir=>").enters()).isEqualTo(codes("read"));
        assertThat(request("--enter", "evt.type=read and evt.dir=<").enters().isEmpty()).isTrue();
    }

    @Test
    void socketcallComesWithTheCallsThatGoThroughIt() throws Exception {
        BitSet connecting = request("evt.type=connect").exits();
        assertThat(connecting.get(DriverOptions.SOCKETCALL)).isTrue();
        assertThat(connecting.get(DriverOptions.SEND)).isFalse();
        assertThat(request("evt.type=send").exits().get(DriverOptions.SEND)).isTrue();
        assertThat(request("evt.type=send").exits().get(DriverOptions.RECV)).isFalse();
        assertThat(request("--enter", "evt.type=connect").enters()).isEqualTo(codes("connect", "socketcall"));
        BitSet receiving = codes("socketcall");
        receiving.set(DriverOptions.RECV);
        assertThat(request("--enter", "evt.type=recv").enters()).isEqualTo(receiving);
    }

    @Test
    void theOtherWishes() throws Exception {
        assertThat(request("--no-latency").latency()).isFalse();
        assertThat(request("--pid", "1").onlyTraced()).isTrue();
        assertThat(request("--", "true").onlyTraced()).isTrue();
        assertThat(request("--buffer-size", "3M").bufferBytes()).isEqualTo(4 << 20);
    }
}
