package org.syscope.capture.scap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdType;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Files of every block generation and with every quirk and fault, built here byte by byte. */
class ScapReaderTest {

    private static final byte[] FD_3 = {3, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    private final SystemState state = new SystemState(null);

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("test.scap"), content);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    /** The timestamps of all events of the file. */
    private List<Long> times(byte[] content) throws IOException {
        List<Long> times = new ArrayList<>();
        try (ScapReader reader = ScapReader.open(file(content).toString(), state)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                times.add(event.timestamp());
            }
        }
        return times;
    }

    /** A file of one event, plain, in gzip, in gzip members that cut blocks apart, and with an empty member. */
    @Test
    void plainAndGzipHoldTheSame() throws IOException {
        byte[] plain = new Bytes().section().event(7, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3)
                .event(8, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).array();
        assertThat(times(plain)).containsExactly(7L, 8L);
        assertThat(times(gzip(plain))).containsExactly(7L, 8L);
        byte[] members = new Bytes().raw(gzip(Arrays.copyOf(plain, 50))).raw(gzip(new byte[0]))
                .raw(gzip(Arrays.copyOfRange(plain, 50, plain.length))).zeros(100).array();
        assertThat(times(members)).containsExactly(7L, 8L);
    }

    @Test
    void gzipHeadersMayCarryExtraFieldNameCommentAndChecksum() throws IOException {
        byte[] plain = new Bytes().section().event(7, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).array();
        byte[] simple = gzip(plain);
        byte[] rich = new Bytes().raw(0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3).u16(5).zeros(5).text("name").u8(0)
                .text("comment").u8(0).u16(0).raw(Arrays.copyOfRange(simple, 10, simple.length)).array();
        assertThat(times(rich)).containsExactly(7L);
    }

    @Test
    void bytesBehindGzipMembersAreToldNotIgnored() throws IOException {
        byte[] plain = new Bytes().section().event(7, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).array();
        List<Long> seen = new ArrayList<>();
        CaptureFormatException fault = faultOf(new Bytes().raw(gzip(plain)).text("garbage").array(), seen);
        assertThat(seen).containsExactly(7L);
        assertThat(fault.reason()).contains("what follows gzip member 1 is no gzip member");
    }

    @Test
    void aWrongGzipChecksumIsTold() throws IOException {
        byte[] gzip = gzip(new Bytes().section().event(7, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).array());
        gzip[gzip.length - 6] ^= 1;
        List<Long> seen = new ArrayList<>();
        assertThat(faultOf(gzip, seen).reason()).contains("checksum of member 1");
        assertThat(seen).containsExactly(7L);
    }

    @Test
    void eventBlocksOfAllGenerations() throws IOException {
        byte[] v2 = Bytes.eventBytes(5, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3);
        byte[] old = Bytes.oldEventBytes(6, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3);
        byte[] content = new Bytes().section()
                .block(BlockType.EVENT, new Bytes().u16(1).raw(old))
                .block(BlockType.EVENT_OLD, new Bytes().u16(2).raw(old))
                .block(BlockType.EVENT_FLAGS, new Bytes().u16(3).u32(1).raw(old))
                .block(BlockType.EVENT_V2, new Bytes().u16(4).raw(v2))
                .block(BlockType.EVENT_FLAGS_V2, new Bytes().u16(5).u32(1).raw(v2))
                .block(BlockType.EVENT_LARGE, new Bytes().u16(6).raw(v2))
                .block(BlockType.EVENT_FLAGS_LARGE, new Bytes().u16(7).u32(1).raw(v2)).array();
        try (ScapReader reader = ScapReader.open(file(content).toString(), state)) {
            Event event = new Event();
            for (int i = 1; i <= 7; i++) {
                assertThat(reader.next(event)).isEqualTo(EventSource.Next.EVENT);
                assertThat(event.number()).isEqualTo(i);
                assertThat(event.cpu()).isEqualTo(i);
                assertThat(event.timestamp()).isEqualTo(i <= 3 ? 6 : 5);
                assertThat(event.parameterCount()).isEqualTo(1);
                assertThat(event.signed(0, -1)).isEqualTo(3);
                assertThat(event.stateOnly()).isEqualTo(i == 3 || i == 5 || i == 7);
            }
            assertThat(reader.next(event)).isEqualTo(EventSource.Next.END);
        }
    }

    /** The parameter count is found from the lengths, also where the file's event has fewer than the type has today. */
    @Test
    void oldEventsWithFewerParameters() throws IOException {
        byte[] content = new Bytes().section()
                .block(BlockType.EVENT, new Bytes().u16(0).raw(Bytes.oldEventBytes(1, 1,
                        EventCodes.PPME_SYSCALL_OPEN_X, FD_3, "/a\0".getBytes(), new byte[4], new byte[4])))
                .block(BlockType.EVENT, new Bytes().u16(0).raw(Bytes.oldEventBytes(2, 1, EventCodes.PPME_SYSCALL_OPEN_X)))
                .array();
        try (ScapReader reader = ScapReader.open(file(content).toString(), state)) {
            Event event = new Event();
            reader.next(event);
            assertThat(event.parameterCount()).isEqualTo(4);
            assertThat(event.text(1)).isEqualTo(Text.of("/a"));
            reader.next(event);
            assertThat(event.parameterCount()).isZero();
        }
    }

    /** Notifications and infrastructure events once were written with a length that is 3 too large. */
    @ParameterizedTest
    @ValueSource(ints = {EventCodes.PPME_NOTIFICATION_E, EventCodes.PPME_INFRASTRUCTURE_EVENT_E})
    void oldEventsWithAWrongLength(int type) throws IOException {
        byte[] event = Bytes.oldEventBytes(1, 1, type, "id\0".getBytes(), "text\0".getBytes());
        event[16] += 3;
        byte[] content = new Bytes().section().block(BlockType.EVENT, new Bytes().u16(0).raw(event).zeros(3)).array();
        try (ScapReader reader = ScapReader.open(file(content).toString(), state)) {
            Event view = new Event();
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.EVENT);
            assertThat(view.parameterCount()).isEqualTo(2);
            assertThat(view.text(1)).isEqualTo(Text.of("text"));
        }
    }

    @Test
    void oldEventsThatFitNoParameterCountAreDamaged() throws IOException {
        byte[] event = Bytes.oldEventBytes(1, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3);
        event[22] = 5;
        CaptureFormatException fault = faultOf(
                new Bytes().section().block(BlockType.EVENT, new Bytes().u16(0).raw(event)).array(), new ArrayList<>());
        assertThat(fault.reason()).contains("fits no number of parameters");
        assertThat(fault.block()).isEqualTo("EV");
        assertThat(fault.offset()).isEqualTo(28);
    }

    @Test
    void parameterLengthsOfLargeTypesAreFourBytesWide() throws IOException {
        byte[] data = new byte[100_000];
        Arrays.fill(data, (byte) 'x');
        int length = 26 + 3 * 4 + 4 + 5 + data.length;
        Bytes event = new Bytes().u64(9).u64(-1).u32(length).u16(EventCodes.PPME_ASYNCEVENT_E).u32(3)
                .u32(4).u32(5).u32(data.length).u32(1).text("name\0").raw(data);
        byte[] content = new Bytes().section().block(BlockType.EVENT_LARGE, new Bytes().u16(0).raw(event.array())).array();
        for (byte[] each : List.of(content, gzip(content))) {
            try (ScapReader reader = ScapReader.open(file(each).toString(), state)) {
                Event view = new Event();
                assertThat(reader.next(view)).isEqualTo(EventSource.Next.EVENT);
                assertThat(view.parameterLength(2)).isEqualTo(data.length);
                assertThat(view.tid()).isEqualTo(Event.NO_TID);
            }
        }
    }

    /** A block of several megabytes does not fit the buffer: it grows. */
    @Test
    void listsMayBeLarge() throws IOException {
        Bytes list = new Bytes();
        int count = 20_000;
        for (int tid = 1; tid <= count; tid++) {
            list.raw(process(9, tid, new Bytes()));
        }
        byte[] content = new Bytes().section().block(BlockType.PROCESSES_V9, list)
                .event(1, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).array();
        for (byte[] each : List.of(content, gzip(content))) {
            state.reset();
            assertThat(times(each)).containsExactly(1L);
            assertThat(state.threads().size()).isEqualTo(count);
        }
    }

    @Test
    void eventsOfNewerVersionsAreCountedAndPassedOver() throws IOException {
        byte[] content = new Bytes().section().event(1, 1, 5000).event(2, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3)
                .block(0x777, new Bytes().zeros(40)).event(3, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).array();
        try (ScapReader reader = ScapReader.open(file(content).toString(), state)) {
            Event event = new Event();
            reader.next(event);
            assertThat(event.timestamp()).isEqualTo(2);
            assertThat(event.number()).isEqualTo(1);
            reader.next(event);
            assertThat(event.timestamp()).isEqualTo(3);
            assertThat(reader.next(event)).isEqualTo(EventSource.Next.END);
            assertThat(reader.unknownTypes()).isEqualTo(1);
            assertThat(reader.unknownBlocks()).isEqualTo(1);
        }
    }

    /** What editcap puts behind an event belongs to the block, not to the event. */
    @Test
    void optionsBehindAnEventAreNotItsParameters() throws IOException {
        byte[] event = Bytes.eventBytes(1, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3);
        byte[] content = new Bytes().section().block(BlockType.EVENT_V2,
                new Bytes().u16(0).raw(event).padTo4().u16(1).u16(5).text("hello").padTo4().u32(0)).array();
        try (ScapReader reader = ScapReader.open(file(content).toString(), state)) {
            Event view = new Event();
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.EVENT);
            assertThat(view.parameterCount()).isEqualTo(1);
            assertThat(view.optionsLength()).isPositive();
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.END);
        }
    }

    @Test
    void anAppendedCaptureBeginsAnew() throws IOException {
        Bytes first = new Bytes().section().block(BlockType.PROCESSES_V9, new Bytes().raw(process(9, 10, new Bytes())))
                .event(1, 10, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3);
        Bytes second = new Bytes().section().block(BlockType.PROCESSES_V9, new Bytes().raw(process(9, 20, new Bytes())))
                .event(2, 20, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3);
        try (ScapReader reader = ScapReader.open(
                file(new Bytes().raw(first.array()).raw(second.array()).array()).toString(), state)) {
            Event event = new Event();
            reader.next(event);
            assertThat(state.threads().get(10)).isNotNull();
            reader.next(event);
            assertThat(event.number()).isEqualTo(2);
            assertThat(state.threads().get(10)).isNull();
            assertThat(state.threads().get(20)).isNotNull();
            assertThat(reader.sections()).isEqualTo(2);
        }
    }

    /** All versions of the process list; what a version does not have is absent. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void processLists(int version) throws IOException {
        Bytes tail = new Bytes().u64(111).u32(34816).u32(1000).u8(1).u64(7).u64(8).u64(9).u8(1).u64(42).u64(43).u64(44)
                .u8(1).u8(1).u64(77);
        int[] types = {0, 0x202, 0x207, 0x209, 0x210, 0x211, 0x212, 0x213, 0x214, 0x215};
        times(new Bytes().section().block(types[version],
                new Bytes().raw(process(version, 100, tail)).raw(process(version, 101, tail))).array());
        assertThat(state.threads().tids()).containsExactly(100, 101);
        ThreadInfo thread = state.threads().get(101);
        assertThat(thread.ptid).isEqualTo(1);
        assertThat(thread.comm).isEqualTo(Text.of("comm"));
        assertThat(thread.exe).isEqualTo(Text.of("exe"));
        assertThat(thread.args.parts()).containsExactly(Text.of("-a"), Text.of("b"));
        assertThat(thread.cwd()).isEqualTo(Text.of("/home/"));
        assertThat(thread.uid).isEqualTo(1000);
        assertThat(thread.gid).isEqualTo(1001);
        assertThat(thread.flags & 0xff).isEqualTo(5);
        assertThat(thread.vmRss).isEqualTo(version >= 2 ? 22 : 0);
        assertThat(thread.pfMinor).isEqualTo(version >= 2 ? 55 : 0);
        assertThat(thread.env().parts().size()).isEqualTo(version >= 3 ? 1 : 0);
        assertThat(thread.vpid).isEqualTo(version >= 4 ? 6 : -1);
        assertThat(thread.cgroups.parts().size()).isEqualTo(version >= 4 ? 1 : 0);
        assertThat(thread.root).isEqualTo(Text.of(version >= 5 ? "/" : ""));
        assertThat(thread.sid).isEqualTo(version >= 6 ? 3 : -1);
        assertThat(thread.exepath).isEqualTo(Text.of(version >= 7 ? "/bin/exe" : ""));
        assertThat(thread.vpgid).isEqualTo(version >= 8 ? 4 : -1);
        boolean full = version >= 9;
        assertThat(thread.tty).isEqualTo(full ? 34816 : 0);
        assertThat(thread.pidnsInitStart).isEqualTo(full ? 111 : 0);
        assertThat(thread.loginuid).isEqualTo(full ? 1000 : -1);
        assertThat(thread.exeWritable).isEqualTo(full);
        assertThat(thread.capEffective).isEqualTo(full ? 9 : 0);
        assertThat(thread.exeMtime).isEqualTo(full ? 44 : 0);
        assertThat(thread.exeFromMemfd).isEqualTo(full);
        assertThat(thread.pgid).isEqualTo(full ? 77 : -1);
    }

    /** Before fields were put in front of it, loginuid was the first one behind root: at most 29 bytes. */
    @Test
    void theOlderTailOfV9() throws IOException {
        times(new Bytes().section().block(BlockType.PROCESSES_V9, new Bytes()
                .raw(process(9, 1, new Bytes().u32(500).u8(1).u64(7).u64(8).u64(9)))
                .raw(process(9, 2, new Bytes().u32(501)))
                .raw(process(9, 3, new Bytes()))
                .raw(process(9, 4, new Bytes().u64(111).u32(5).u32(502).u8(0).u64(0).u64(0).u64(0).zeros(60)))).array());
        assertThat(state.threads().get(1).loginuid).isEqualTo(500);
        assertThat(state.threads().get(1).capEffective).isEqualTo(9);
        assertThat(state.threads().get(1).tty).isZero();
        assertThat(state.threads().get(2).loginuid).isEqualTo(501);
        assertThat(state.threads().get(3).loginuid).isEqualTo(-1);
        assertThat(state.threads().get(4).loginuid).isEqualTo(502);
        assertThat(state.threads().get(4).tty).isEqualTo(5);
    }

    private static byte[] process(int version, long tid, Bytes tail) {
        Bytes entry = new Bytes().u64(tid).u64(tid).u64(1);
        if (version >= 6) {
            entry.u64(3);
        }
        if (version >= 8) {
            entry.u64(4);
        }
        entry.string("comm").string("exe");
        if (version >= 7) {
            entry.string("/bin/exe");
        }
        entry.string("-a\0b\0").string("/home").u64(1024).u32(5).u32(1000).u32(1001);
        if (version >= 2) {
            entry.u32(11).u32(22).u32(33).u64(44).u64(55);
        }
        if (version >= 3) {
            entry.string("A=b\0");
        }
        if (version >= 4) {
            entry.u64(6).u64(6).string("cpu=/\0");
        }
        if (version >= 5) {
            entry.string("/");
        }
        if (version < 9) {
            return entry.array();
        }
        entry.raw(tail.array());
        return new Bytes().u32(entry.size() + 4).raw(entry.array()).array();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fdLists(boolean second) throws IOException {
        Bytes list = new Bytes().u64(1);
        fd(list, second, 0, 4, new Bytes().raw(1, 2, 3, 4).raw(5, 6, 7, 8).u16(1000).u16(80).u8(2), 3);
        fd(list, second, 1, 4, new Bytes().raw(0x20, 1).zeros(13).u8(1).zeros(15).u8(1).u16(1000).u16(443).u8(3), 4);
        fd(list, second, 2, 4, new Bytes().raw(10, 0, 0, 1).u16(22).u8(2), 5);
        fd(list, second, 3, 4, new Bytes().zeros(15).u8(1).u16(25).u8(2), 6);
        fd(list, second, 4, 4, new Bytes().u64(0xffff8800L).u64(17).string("/run/socket"), 8);
        fd(list, second, 5, 4, new Bytes().u32(9).string("/etc/passwd").raw(second ? new byte[] {1, 8, 0, 0} : new byte[0]), 16);
        fd(list, second, 6, 4, new Bytes().string("/old"), 1);
        fd(list, second, 7, 4, new Bytes().string("pidfd"), 21);
        if (second) {
            fd(list, true, 8, 4, new Bytes().zeros(12), 99);
        }
        times(new Bytes().section().block(BlockType.PROCESSES_V1, new Bytes().raw(process(1, 1, new Bytes())))
                .block(second ? BlockType.FDS_V2 : BlockType.FDS, list).array());
        ThreadInfo thread = state.threads().get(1);
        FdInfo ipv4 = thread.fd(0);
        assertThat(ipv4.sourceIpv4()).isEqualTo(0x01020304);
        assertThat(ipv4.destinationIpv4()).isEqualTo(0x05060708);
        assertThat(ipv4.destinationPort).isEqualTo(80);
        assertThat(ipv4.l4proto).isEqualTo(FdInfo.L4_TCP);
        FdInfo ipv6 = thread.fd(1);
        assertThat(ipv6.sourceHigh).isEqualTo(0x2001L << 48);
        assertThat(ipv6.sourceLow).isEqualTo(1);
        assertThat(ipv6.destinationLow).isEqualTo(1);
        assertThat(ipv6.sourcePort).isEqualTo(1000);
        assertThat(thread.fd(2).type).isEqualTo(FdType.IPV4_SERVER);
        assertThat(thread.fd(2).sourcePort).isEqualTo(22);
        assertThat(thread.fd(3).type).isEqualTo(FdType.IPV6_SERVER);
        assertThat(thread.fd(3).sourcePort).isEqualTo(25);
        assertThat(thread.fd(4).destinationLow).isEqualTo(17);
        assertThat(thread.fd(4).name.toString()).contains("/run/socket");
        assertThat(thread.fd(5).openFlags).isEqualTo(9);
        assertThat(thread.fd(5).dev).isEqualTo(second ? 0x801 : 0);
        assertThat(thread.fd(5).ino).isEqualTo(4);
        assertThat(thread.fd(6).name).isEqualTo(Text.of("/old"));
        assertThat(thread.fd(7).type).isEqualTo(FdType.PIDFD);
        if (second) {
            assertThat(thread.fd(8).type).isEqualTo(FdType.UNSUPPORTED);
            assertThat(thread.fd(8).name).isEqualTo(Text.of("unknown-type:[99]"));
        }
    }

    private static void fd(Bytes list, boolean second, long number, long ino, Bytes rest, int type) {
        if (second) {
            list.u32(4 + 17 + rest.size());
        }
        list.u64(number).u64(ino).u8(type).raw(rest.array());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interfaceAndUserLists(boolean second) throws IOException {
        Bytes interfaces = new Bytes();
        entry(interfaces, second, 0, new Bytes().u16(1).u16(2).raw(127, 0, 0, 1).raw(255, 0, 0, 0).u32(0).u64(5).text("lo"));
        entry(interfaces, second, 0, new Bytes().u16(2).u16(2).zeros(47).u8(1).u64(6).text("lo"));
        entry(interfaces, second, 0, new Bytes().u16(3).u16(3).raw(10, 0, 0, 1).raw(255, 0, 0, 0).u32(0).text("eth"));
        entry(interfaces, second, 0, new Bytes().u16(4).u16(3).zeros(48).text("eth"));
        Bytes users = new Bytes();
        entry(users, second, 4, new Bytes().u8(0).u32(1000).u32(100).string("ann").string("/home/ann").string("/bin/sh"));
        entry(users, second, 4, new Bytes().u8(1).u32(100).string("users"));
        times(new Bytes().section().block(second ? BlockType.INTERFACES_V2 : BlockType.INTERFACES, interfaces)
                .block(second ? BlockType.USERS_V2 : BlockType.USERS, users).array());
        assertThat(state.interfaces().ipv4()).hasSize(2);
        assertThat(state.interfaces().ipv4().get(0).linkSpeed()).isEqualTo(5);
        assertThat(state.interfaces().ipv4().get(1).address()).isEqualTo(0x0a000001);
        assertThat(state.interfaces().ipv4().get(1).name()).isEqualTo(Text.of("eth"));
        assertThat(state.interfaces().ipv6()).hasSize(2);
        assertThat(state.interfaces().ipv6().get(0).broadcastLow()).isEqualTo(1);
        assertThat(state.users().user(Text.EMPTY, 1000).home()).isEqualTo(Text.of("/home/ann"));
        assertThat(state.users().group(Text.EMPTY, 100).name()).isEqualTo(Text.of("users"));
    }

    private static void entry(Bytes list, boolean withLength, int own, Bytes entry) {
        if (withLength) {
            list.u32(entry.size() + own);
        }
        list.raw(entry.array());
    }

    @Test
    void theMachine() throws IOException {
        for (int type : new int[] {BlockType.MACHINE, BlockType.MACHINE_OLD}) {
            state.reset();
            times(new Bytes().section().block(type, new Bytes().u32(8).u64(1L << 34).u64(4194304).text("box").zeros(125)
                    .u64(123).u64(1).u64(0).u64(0)).array());
            assertThat(state.machine().cpus()).isEqualTo(8);
            assertThat(state.machine().memory()).isEqualTo(1L << 34);
            assertThat(state.machine().hostname()).isEqualTo(Text.of("box"));
            assertThat(state.machine().bootTime()).isEqualTo(123);
        }
    }

    @Test
    void idsFromBeforeTheFirstReleaseAreRead() throws IOException {
        times(new Bytes().section().block(0x8000ABCD, new Bytes().raw(process(1, 1, new Bytes())))
                .block(0x8013ABCD, new Bytes().raw(process(2, 2, new Bytes())))
                .block(0x8014ABCD, new Bytes().raw(process(3, 3, new Bytes())))
                .block(0x8001ABCD, new Bytes().u64(1))
                .block(0x8011ABCD, new Bytes()).block(0x8012ABCD, new Bytes()).array());
        assertThat(state.threads().tids()).containsExactly(1, 2, 3);
    }

    @Test
    void aGrowingFileGoesOn() throws IOException {
        byte[] event = new Bytes().event(1, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).array();
        Path path = file(new Bytes().section().raw(event).array());
        try (ScapReader reader = ScapReader.open(path.toString(), state)) {
            Event view = new Event();
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.EVENT);
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.END);
            Files.write(path, event, StandardOpenOption.APPEND);
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.EVENT);
            assertThat(view.number()).isEqualTo(2);
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.END);
        }
    }

    /** A pipe without data lets the caller do something else once, then waits. */
    @Test
    void aPipeIsIdleOnceBeforeItWaits() throws IOException {
        byte[] content = new Bytes().section().event(1, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).array();
        ByteBuffer left = ByteBuffer.wrap(content);
        ByteSource source = new ByteSource() {
            @Override
            public int read(ByteBuffer target) {
                if (!left.hasRemaining()) {
                    return -1;
                }
                target.put(left.get());
                return 1;
            }

            @Override
            public String fault() {
                return null;
            }

            @Override
            public boolean wouldWait() {
                return !left.hasRemaining();
            }

            @Override
            public boolean compressed() {
                return false;
            }

            @Override
            public long fileOffset() {
                return left.position();
            }

            @Override
            public long entryPoint(long position) {
                return -1;
            }

            @Override
            public void seek(long entryPoint, long position) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                left.clear();
            }
        };
        try (ScapReader reader = ScapReader.open("pipe", source, true, state)) {
            Event view = new Event();
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.EVENT);
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.IDLE);
            assertThat(reader.next(view)).isEqualTo(EventSource.Next.END);
        }
    }

    private CaptureFormatException faultOf(byte[] content, List<Long> seen) throws IOException {
        Path path = file(content);
        return catchThrowableOfType(CaptureFormatException.class, () -> {
            try (ScapReader reader = ScapReader.open(path.toString(), state)) {
                Event event = new Event();
                while (reader.next(event) == EventSource.Next.EVENT) {
                    seen.add(event.timestamp());
                }
            }
        });
    }

    @Test
    void whatIsNoCaptureIsToldInOneLine() throws IOException {
        assertThatThrownBy(() -> ScapReader.open(folder.toString(), state)).isInstanceOf(IOException.class)
                .hasMessage(folder + ": is a directory, not a capture file");
        assertThatThrownBy(() -> ScapReader.open(folder + "/none", state)).hasMessage(folder + "/none: no such file");
        assertThatThrownBy(() -> times(new byte[0])).hasMessageEndingWith("test.scap: is empty, not a capture file");
        assertThatThrownBy(() -> times(new Bytes().raw(0xff, 0xd8, 0xff, 0xe0).zeros(100).array()))
                .hasMessageContaining("not a capture file: begins with the bytes ff d8 ff e0");
        assertThatThrownBy(() -> times(new Bytes().text("abc").array())).hasMessageContaining("not a capture file");
        assertThatThrownBy(() -> times(gzip(new Bytes().text("hello world").array()))).hasMessageContaining("not a capture");
        assertThatThrownBy(() -> times(new Bytes().u32(0x0A0D0D0A).u32(28).raw(0x1a, 0x2b, 0x3c, 0x4d, 0, 1, 0, 0)
                .u64(-1).u32(28).array())).hasMessageContaining("big-endian");
        assertThatThrownBy(() -> times(new Bytes().block(0x0A0D0D0A, new Bytes().u32(0x1A2B3C4D).u16(2).u16(0).u64(-1))
                .array())).hasMessageContaining("version 2");
        assertThatThrownBy(() -> times(new Bytes().section().block(1, new Bytes().zeros(8)).block(6, new Bytes().zeros(20))
                .array())).hasMessageContaining("network packets");
    }

    @Test
    void withoutPermissionIsToldInOneLine() throws IOException {
        Path path = file(new Bytes().section().array());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(path), "this user may read everything");
        assertThatThrownBy(() -> ScapReader.open(path.toString(), state)).hasMessage(path + ": no permission to read it");
    }

    @Test
    void theFaultSaysWhere() throws IOException {
        byte[] whole = new Bytes().section().event(1, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3)
                .event(2, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).array();
        List<Long> seen = new ArrayList<>();
        CaptureFormatException fault = faultOf(Arrays.copyOf(whole, whole.length - 20), seen);
        assertThat(seen).containsExactly(1L);
        assertThat(fault).hasMessage(folder.resolve("test.scap")
                + ", offset 80, block EV_V2: expected 52 bytes, 32 are left: the file is truncated");
        fault = faultOf(gzip(Arrays.copyOf(whole, whole.length - 20)), seen);
        assertThat(fault).hasMessageContaining("offset 80 of the uncompressed data, block EV_V2");
    }

    @Test
    void theSameFaultComesAgain() throws IOException {
        byte[] whole = new Bytes().section().event(1, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3).u32(5).array();
        try (ScapReader reader = ScapReader.open(file(whole).toString(), state)) {
            Event event = new Event();
            reader.next(event);
            assertThatThrownBy(() -> reader.next(event)).isInstanceOf(CaptureFormatException.class);
            assertThatThrownBy(() -> reader.next(event)).isInstanceOf(CaptureFormatException.class);
        }
    }

    /** A file cut anywhere gives all events that are whole in it, and nothing but the defined exception. */
    @Test
    void truncatedAtEveryByte() throws IOException {
        Bytes built = small();
        byte[] whole = built.array();
        int[] ends = eventEnds(whole);
        for (int length = 0; length < whole.length; length++) {
            List<Long> seen = new ArrayList<>();
            state.reset();
            CaptureFormatException fault = faultOf(Arrays.copyOf(whole, length), seen);
            int expected = 0;
            while (expected < ends.length && ends[expected] <= length) {
                expected++;
            }
            assertThat(seen).as("cut at %d", length).hasSize(expected);
            if (fault == null) {
                assertThat(blockEnds(whole)).as("no fault at %d", length).contains(length);
            }
        }
    }

    @Test
    void gzipTruncatedAtEveryByte() throws IOException {
        byte[] whole = gzip(small().array());
        int most = 0;
        for (int length = 2; length < whole.length; length++) {
            List<Long> seen = new ArrayList<>();
            state.reset();
            assertThat(faultOf(Arrays.copyOf(whole, length), seen)).as("cut at %d", length).isNotNull();
            assertThat(seen.size()).isGreaterThanOrEqualTo(most);
            most = seen.size();
        }
        assertThat(most).isEqualTo(eventEnds(small().array()).length);
    }

    /** What was inflated before a fault in the compressed data is given out. */
    @Test
    void eventsBeforeAFaultInGzip() throws IOException {
        Bytes bytes = new Bytes().section();
        Random random = new Random(1);
        for (int i = 1; i <= 5000; i++) {
            byte[] noise = new byte[8];
            random.nextBytes(noise);
            bytes.event(i, 1, EventCodes.PPME_SYSCALL_CLOSE_E, noise);
        }
        byte[] whole = gzip(bytes.array());
        Arrays.fill(whole, whole.length / 2, whole.length / 2 + 50, (byte) 0xff);
        List<Long> seen = new ArrayList<>();
        CaptureFormatException fault = faultOf(whole, seen);
        assertThat(fault).isNotNull();
        assertThat(seen.size()).isGreaterThan(2000);
        for (int i = 0; i < 2000; i++) {
            assertThat(seen.get(i)).isEqualTo(i + 1);
        }
    }

    /** A file that is cut while it is mapped is a fault like others, not a crash. */
    @Test
    void aFileThatBecomesShorter() throws IOException {
        Bytes bytes = new Bytes().section();
        for (int i = 1; i <= 100_000; i++) {
            bytes.event(i, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3);
        }
        Path path = file(bytes.array());
        try (ScapReader reader = ScapReader.open(path.toString(), state)) {
            Event event = new Event();
            for (int i = 0; i < 10; i++) {
                assertThat(reader.next(event)).isEqualTo(EventSource.Next.EVENT);
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(100_000);
            }
            assertThatThrownBy(() -> {
                while (reader.next(event) == EventSource.Next.EVENT) {
                    assertThat(event.timestamp()).isPositive();
                }
            }).isInstanceOf(CaptureFormatException.class);
        }
    }

    /** Whatever bits flip: events come, or the defined exception. */
    @Test
    void randomBitFlips() throws IOException {
        byte[] whole = small().array();
        byte[] compressed = gzip(whole);
        Random random = new Random(4711);
        for (int round = 0; round < 4000; round++) {
            byte[] damaged = (round % 4 == 0 ? compressed : whole).clone();
            int flips = 1 + random.nextInt(3);
            for (int i = 0; i < flips; i++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            state.reset();
            try {
                times(damaged);
            } catch (CaptureFormatException e) {
                assertThat(e.getMessage()).doesNotContain("\n").startsWith(folder.toString());
            }
        }
    }

    /** A file with each kind of block. */
    private static Bytes small() {
        return new Bytes().section()
                .block(BlockType.MACHINE, new Bytes().u32(8).u64(1).u64(2).text("box").zeros(125).zeros(32))
                .block(BlockType.INTERFACES_V2, new Bytes().u32(26).u16(1).u16(2).zeros(20).text("lo"))
                .block(BlockType.USERS_V2, new Bytes().u32(15).u8(1).u32(7).string("tty").u8(0))
                .block(BlockType.PROCESSES_V9, new Bytes().raw(process(9, 1, new Bytes().u32(0))).raw(process(9, 2, new Bytes())))
                .block(BlockType.FDS_V2, new Bytes().u64(1).u32(27).u64(3).u64(4).u8(1).string("/etc"))
                .event(1, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3)
                .block(BlockType.EVENT, new Bytes().u16(0).raw(
                        Bytes.oldEventBytes(2, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3)))
                .block(0x4711, new Bytes().zeros(16))
                .event(3, 1, EventCodes.PPME_SYSCALL_OPEN_X, FD_3, "/etc/hosts\0".getBytes(), new byte[4], new byte[4])
                .block(BlockType.EVENT_FLAGS_V2, new Bytes().u16(0).u32(1).raw(
                        Bytes.eventBytes(4, 1, EventCodes.PPME_SYSCALL_CLOSE_E, FD_3)))
                .event(5, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[8]);
    }

    private static int[] blockEnds(byte[] content) {
        List<Integer> ends = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < content.length) {
            at += buffer.getInt(at + 4);
            ends.add(at);
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] eventEnds(byte[] content) {
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> ends = new ArrayList<>();
        int at = 0;
        while (at < content.length) {
            int type = buffer.getInt(at);
            at += buffer.getInt(at + 4);
            if (BlockType.isEvent(type)) {
                ends.add(at);
            }
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }
}
