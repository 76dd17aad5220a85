package org.syscope.capture.state;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.Text;
import org.syscope.capture.scap.ScapReader;

import static org.assertj.core.api.Assertions.assertThat;

/** What the state says at each event of real captures is what an established tool says, field by field. */
final class CaptureStateTest {

    private static final Path CAPTURES = Path.of(System.getProperty("SYSCOPE_CAPTURES",
            System.getenv().getOrDefault("SYSCOPE_CAPTURES", "../../shared/captures")));

    @ParameterizedTest
    @ValueSource(strings = {"cat_write", "connect_localhost", "curl_google", "open-multiple-files", "sample", "syscall",
        "test_ipv6_client", "write_tmp_test"})
    void agreesWithTheExpectedState(String name) throws IOException {
        Path expected = CAPTURES.resolve("expected/" + name + ".state.txt");
        Assumptions.assumeTrue(Files.exists(expected), "skipped: no " + expected);
        Map<Long, String> lines = new HashMap<>();
        try (Stream<String> all = Files.lines(expected)) {
            all.forEach(line -> lines.put(Long.parseLong(line.substring(0, line.indexOf('|'))), line));
        }
        SystemState state = new SystemState(null);
        StringBuilder differences = new StringBuilder();
        int compared = 0;
        try (ScapReader reader = ScapReader.open(CAPTURES.resolve(name + ".scap").toString(), state)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                state.process(event);
                String line = lines.get(event.number());
                if (line != null) {
                    compared++;
                    String ours = render(event, state);
                    if (!ours.equals(line)) {
                        differences.append(event.type()).append("\n- ").append(line).append("\n+ ").append(ours).append('\n');
                    }
                }
            }
        }
        assertThat(differences.toString()).isEmpty();
        assertThat(compared).isEqualTo(lines.size());
    }

    private static String render(Event event, SystemState state) {
        StringBuilder out = new StringBuilder().append(event.number());
        ThreadInfo thread = state.thread();
        FdInfo fd = state.fd();
        out.append('|').append(thread == null ? "<NA>" : thread.comm);
        out.append('|').append(thread == null ? "<NA>" : thread.exepath);
        out.append('|').append(thread == null ? "<NA>" : commandLine(thread));
        out.append('|').append(thread == null ? "<NA>" : thread.cwd());
        boolean unknown = thread == null || thread.isInvalid();
        out.append('|').append(unknown ? "<NA>" : thread.ptid);
        out.append('|').append(thread == null ? "<NA>" : thread.sid);
        out.append('|').append(unknown ? "<NA>" : thread.vpid);
        out.append('|').append(fdName(event, state, fd));
        boolean sockets = fd != null && fd.role() != FdInfo.Role.UNKNOWN;
        boolean both = sockets && (fd.type == FdType.IPV4 || fd.type == FdType.IPV6);
        out.append('|').append(both ? address(fd, fd.sourceHigh, fd.sourceLow) : "<NA>");
        out.append('|').append(both ? fd.sourcePort : "<NA>");
        if (both) {
            out.append('|').append(address(fd, fd.destinationHigh, fd.destinationLow)).append('|').append(fd.destinationPort);
        } else if (sockets && fd.type.isServer()) {
            out.append('|').append(address(fd, fd.sourceHigh, fd.sourceLow)).append('|').append(fd.sourcePort);
        } else {
            out.append("|<NA>|<NA>");
        }
        out.append('|').append(!sockets || !fd.type.isInet() ? "<NA>"
                : List.of("<NA>", "<NA>", "tcp", "udp", "icmp", "raw").get(fd.l4proto));
        out.append('|').append(Math.max(0, state.latency()));
        out.append('|').append(thread == null ? "<NA>" : Integer.toUnsignedString(thread.uid));
        out.append('|').append(thread == null ? "<NA>" : Integer.toUnsignedString(thread.gid));
        Text container = thread == null ? null : state.containerId(thread);
        String host = thread != null && thread.isInvalid() ? "" : "host";
        out.append('|').append(container == null ? "<NA>" : container.isEmpty() ? host : container);
        return out.toString();
    }

    /** The name as the field shows it: calls that make an fd and fail show what they asked for. */
    private static String fdName(Event event, SystemState state, FdInfo fd) {
        int code = event.typeCode();
        boolean failedConnect = code == EventCodes.PPME_SOCKET_CONNECT_X && event.signed(0, 0) < 0
                && fd != null && fd.type == FdType.UNIX;
        if (fd != null && !failedConnect) {
            return fd.name.toString();
        }
        int shape = EventShape.of(code);
        boolean older = EventShape.fdParameter(shape) >= event.parameterCount() && code == EventCodes.PPME_SYSCALL_MMAP_X;
        if (older || state.thread() == null || (shape & EventShape.EXIT) == 0 || (shape & EventShape.SHOWS_FD) == 0) {
            return "<NA>";
        }
        if (failedConnect) {
            FdInfo tuple = new FdInfo(FdType.UNIX);
            long at = event.parameterOffset(1);
            tuple.sourceLow = event.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, at + 1);
            tuple.destinationLow = event.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, at + 9);
            Text name = new SocketNames().unix(tuple, event.segment(), at + 17, event.parameterLength(1) - 18);
            state.lastRendered(name);
            return name.toString();
        }
        if (code == EventCodes.PPME_SYSCALL_OPEN_X) {
            state.lastRendered(event.text(1));
            return event.text(1).toString();
        }
        return "";
    }

    private static String address(FdInfo fd, long high, long low) {
        byte[] text = new byte[64];
        int n = fd.type.isIpv6() ? AddressText.ipv6(text, 0, high, low) : AddressText.ipv4(text, 0, (int) low);
        return new String(text, 0, n, StandardCharsets.US_ASCII);
    }

    private static String commandLine(ThreadInfo thread) {
        StringBuilder line = new StringBuilder().append(thread.comm);
        thread.args.parts().forEach(arg -> line.append(' ').append(arg));
        return line.toString();
    }
}
