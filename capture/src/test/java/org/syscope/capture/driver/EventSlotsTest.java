package org.syscope.capture.driver;

import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.bpf.BpfObject;
import org.syscope.capture.bpf.ProgramSpec;
import org.syscope.capture.event.SyscallTable;

import static org.assertj.core.api.Assertions.assertThat;

/** Which programs are loaded for which wishes, for the objects of both architectures. */
class EventSlotsTest {

    private static BpfObject object(String architecture) throws Exception {
        try (InputStream in = EventSlotsTest.class.getResourceAsStream("prebuilt/" + architecture + "/syscope.bpf.o")) {
            return BpfObject.parse("syscope", in.readAllBytes());
        }
    }

    private static BitSet codes(String... calls) {
        BitSet codes = new BitSet();
        for (String call : calls) {
            codes.set(SyscallTable.byName(call).code());
        }
        return codes;
    }

    private static List<String> wanted(BpfObject object, BitSet exits, BitSet enters) {
        DriverOptions options = new DriverOptions(1 << 20, 1, 80, exits, enters, true, true, false);
        EventSlots slots = new EventSlots(object);
        return object.programs().stream().map(ProgramSpec::name)
                .filter(name -> UniversalPrograms.slot(name) >= 0 && UniversalPrograms.wanted(name, options, slots)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void aCallNeedsTheProgramOfItsEvent(String architecture) throws Exception {
        BpfObject object = object(architecture);
        BitSet none = new BitSet();
        assertThat(wanted(object, codes("getppid"), none)).containsExactlyInAnyOrder("exit_generic", "exit_plain");
        assertThat(wanted(object, codes("openat", "readv", "semop", "sendmsg"), none)).containsExactlyInAnyOrder("exit_generic",
                "exit_plain", "exit_open", "exit_vector", "exit_limits", "exit_message");
        assertThat(wanted(object, codes("read"), codes("connect"))).containsExactlyInAnyOrder("exit_generic", "exit_plain",
                "enter_generic", "enter_plain", "enter_special");
        assertThat(wanted(object, codes("read"), codes("read"))).doesNotContain("enter_special");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void allCallsNeedAllOfThem(String architecture) throws Exception {
        BpfObject object = object(architecture);
        BitSet all = DriverOptions.defaults().exits();
        List<String> tailCalled = object.programs().stream().map(ProgramSpec::name)
                .filter(name -> UniversalPrograms.slot(name) >= 0).toList();
        assertThat(wanted(object, all, all)).isEqualTo(tailCalled).hasSize(18);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void socketcallNeedsWhatIsWantedOfItsCalls(String architecture) throws Exception {
        BpfObject object = object(architecture);
        BitSet none = new BitSet();
        BitSet calls = codes("socketcall", "connect");
        assertThat(calls.get(DriverOptions.SOCKETCALL)).isTrue();
        assertThat(wanted(object, calls, none)).containsExactlyInAnyOrder("exit_generic", "exit_plain", "exit_socket");
        calls.set(DriverOptions.SEND);
        assertThat(wanted(object, calls, none)).contains("exit_send").hasSize(4);
        BitSet receiving = codes("socketcall");
        receiving.set(DriverOptions.RECV);
        assertThat(wanted(object, receiving, receiving)).contains("exit_send", "enter_plain").doesNotContain("exit_socket");
    }
}
