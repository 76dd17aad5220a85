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
        return DriverRequest.of(settings, filter, formats.catalog().resolved(), null, formats.showsEnters(), settings.snaplen());
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
        assertThat(usual.bufferBytes()).isBetween(8 << 20, 64 << 20);
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
        assertThat(connecting.get(DriverOptions.SEND)).as("it tells the name of a socket").isTrue();
        assertThat(connecting.get(DriverOptions.RECV)).isTrue();
        assertThat(request("--enter", "evt.type=connect").enters()).isEqualTo(codes("connect", "socketcall"));
        BitSet receiving = codes("socketcall");
        receiving.set(DriverOptions.RECV);
        assertThat(request("--enter", "evt.type=recv").enters()).isEqualTo(receiving);
    }

    @Test
    void whatTheFilterCannotMatchIsLeftOutUnlessOtherEventsShowIt() throws Exception {
        BitSet writes = request("-p", "%fd.name", "evt.type=write").exits();
        BitSet kept = codes("write", "openat", "close", "dup3", "clone3", "execve", "chdir", "getcwd", "bpf", "prctl", "setns",
                "unshare", "prlimit64", "setrlimit", "connect", "recvmsg", "pidfd_getfd", "close_range", "socketcall");
        kept.andNot(writes);
        assertThat(kept.isEmpty()).as(kept.toString()).isTrue();
        assertThat(writes.intersects(codes("read", "getppid", "futex", "mmap", "munmap", "brk", "stat", "io_uring_enter")))
                .isFalse();
        assertThat(writes.get(DriverOptions.SCHED_SWITCH)).isFalse();
        assertThat(writes.get(DriverOptions.SCHED_PROCESS_EXIT)).isTrue();
    }

    @Test
    void whatFieldsOfOtherEventsAreMadeOfIsAskedForWithThem() throws Exception {
        BitSet memory = codes("mmap", "munmap", "brk");
        memory.set(DriverOptions.SCHED_SWITCH);
        for (String field : List.of("proc.vmsize", "proc.vmrss", "proc.vmswap", "thread.vmsize", "thread.vmrss",
                "thread.vmsize.b", "thread.vmrss.b")) {
            BitSet missing = (BitSet) memory.clone();
            missing.andNot(request("-p", "%" + field, "evt.type=open").exits());
            assertThat(missing.isEmpty()).as(field).isTrue();
        }
        assertThat(request("-p", "%thread.pfminor", "evt.type=open").exits().get(DriverOptions.SCHED_SWITCH)).isTrue();
        BitSet transfers = codes("read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev");
        transfers.andNot(request("evt.type=shutdown and fd.connected=true").exits());
        assertThat(transfers.isEmpty()).as("reads and writes tell that a socket is connected").isTrue();
    }

    @Test
    void aFilterThatCountsIsShownEverything() throws Exception {
        assertThat(request("evt.deltatime > 1000 and evt.type=open").exits()).isEqualTo(DriverOptions.defaults().exits());
        assertThat(request("evt.num < 1000 and evt.type=open").exits()).isEqualTo(DriverOptions.defaults().exits());
        assertThat(request("evt.latency > 1000 and evt.type=open").exits().intersects(codes("read"))).isFalse();
    }

    @Test
    void theOtherWishes() throws Exception {
        assertThat(request("--no-latency").latency()).isFalse();
        assertThat(request("--pid", "1").onlyTraced()).isTrue();
        assertThat(request("--", "true").onlyTraced()).isTrue();
        assertThat(request("--buffer-size", "3M").bufferBytes()).isEqualTo(4 << 20);
    }
}
