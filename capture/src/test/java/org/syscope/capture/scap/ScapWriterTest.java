package org.syscope.capture.scap;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerJson;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdType;
import org.syscope.capture.state.GroupInfo;
import org.syscope.capture.state.InterfaceTable;
import org.syscope.capture.state.MachineInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.TextList;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.capture.state.UserInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What is written reads as what was given. */
class ScapWriterTest {

    private static final byte[] FD_3 = {3, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    private ScapWriter create(Path path, boolean gzip, SystemState state) throws IOException {
        return ScapWriter.create(path.toString(), gzip, state, "test 1", thread -> true, Map.of());
    }

    private static Event event(byte[] bytes, int behind) throws IOException {
        return event(bytes, behind, 0);
    }

    private static Event event(byte[] bytes, int behind, int flags) throws IOException {
        Event event = new Event();
        event.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, 3, flags);
        assertThat(event.optionsLength()).isEqualTo(behind);
        return event;
    }

    /** Every field of the state that the format has a place for. */
    @Test
    void theListsKeepEverything() throws IOException {
        SystemState state = new SystemState(null);
        state.machine(new MachineInfo(8, 1L << 34, 4_194_304, Text.of("box"), 123_456, 7));
        state.interfaces().add(new InterfaceTable.Ipv4(Text.of("lo"), 0x7f000001, 0xff000000, 0, 10));
        state.interfaces().add(new InterfaceTable.Ipv6(Text.of("eth0"), 1L << 60, 2, -1, 0, 5, 6, 11));
        state.users().addUser(Text.EMPTY, new UserInfo(1000, 100, Text.of("ann"), Text.of("/home/ann"), Text.of("/bin/sh")));
        state.users().addGroup(Text.EMPTY, new GroupInfo(100, Text.of("users")));
        ThreadInfo thread = new ThreadInfo(77);
        thread.pid = 77;
        thread.ptid = 1;
        thread.sid = 3;
        thread.vpgid = 4;
        thread.pgid = 5;
        thread.vtid = 6;
        thread.vpid = 7;
        thread.comm = Text.of("comm");
        thread.exe = Text.of("./exe");
        thread.exepath = Text.of("/bin/exe");
        thread.args = TextList.of(Text.of("-a\0b\0"));
        thread.cwd(Text.of("/tmp/"));
        thread.fdLimit(1024);
        thread.flags = 1 << 30;
        thread.uid = 1000;
        thread.gid = 100;
        thread.loginuid = 1001;
        thread.vmSize = 1;
        thread.vmRss = 2;
        thread.vmSwap = 3;
        thread.pfMajor = 4;
        thread.pfMinor = 5;
        thread.env(TextList.of(Text.of("A=b\0C=d\0")));
        thread.cgroups = TextList.of(Text.of("cpu=/x\0"));
        thread.root = Text.of("/");
        thread.pidnsInitStart = 99;
        thread.tty = 34816;
        thread.exeWritable = true;
        thread.capInheritable = 1;
        thread.capPermitted = 2;
        thread.capEffective = 3;
        thread.exeUpperLayer = true;
        thread.exeLowerLayer = true;
        thread.exeFromMemfd = true;
        thread.exeIno = 11;
        thread.exeCtime = 12;
        thread.exeMtime = 13;
        state.threads().add(thread);
        for (FdType type : FdType.values()) {
            FdInfo fd = new FdInfo(type);
            fd.ino = 1000 + type.code();
            if (type.isIpv4()) {
                fd.ipv4(0x01020304, 1000, type == FdType.IPV4 ? 0x05060708 : 0, type == FdType.IPV4 ? 80 : 0);
                fd.l4proto = FdInfo.L4_TCP;
            } else if (type.isIpv6()) {
                fd.sourceHigh = 1;
                fd.sourceLow = 2;
                fd.sourcePort = 53;
                fd.l4proto = FdInfo.L4_UDP;
            } else {
                fd.name = Text.of("/name/" + type);
            }
            if (type == FdType.FILE_V2) {
                fd.openFlags = 9;
                fd.dev = 0x801;
            }
            thread.fds().put(type.code(), fd);
        }
        state.listsComplete();
        Path path = folder.resolve("lists.scap");
        create(path, false, state).close();

        SystemState read = new SystemState(null);
        try (ScapReader reader = ScapReader.open(path.toString(), read)) {
            assertThat(reader.next(new Event())).isEqualTo(EventSource.Next.END);
            assertThat(reader.writer()).isEqualTo(Text.of("test 1"));
            assertThat(reader.minorVersion()).isEqualTo(2);
        }
        assertThat(read.machine()).isEqualTo(state.machine());
        assertThat(read.interfaces().ipv4()).isEqualTo(state.interfaces().ipv4());
        assertThat(read.interfaces().ipv6()).isEqualTo(state.interfaces().ipv6());
        assertThat(read.users().user(Text.EMPTY, 1000)).isEqualTo(state.users().user(Text.EMPTY, 1000));
        assertThat(read.users().group(Text.EMPTY, 100)).isEqualTo(state.users().group(Text.EMPTY, 100));
        assertThat(StateText.of(read.threads().get(77))).isEqualTo(StateText.of(thread));
        assertThat(read.threads().get(77).fds().size()).isEqualTo(FdType.values().length - 1);
    }

    /** Users of containers have no list: they are recorded as events that put them where they were. */
    @Test
    void usersOfContainersBecomeEvents() throws IOException {
        SystemState state = new SystemState(null);
        Text container = Text.of("0123456789ab");
        state.users().addUser(container, new UserInfo(33, 34, Text.of("web"), Text.of("/var/www"), Text.of("/bin/false")));
        state.users().addGroup(container, new GroupInfo(34, Text.of("web")));
        Path path = folder.resolve("containers.scap");
        create(path, false, state).close();
        SystemState read = new SystemState(null);
        try (ScapReader reader = ScapReader.open(path.toString(), read)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                assertThat(event.parameterCount()).isEqualTo(event.type().parameterCount());
                read.process(event);
            }
            assertThat(reader.events()).isEqualTo(2);
        }
        assertThat(read.users().user(container, 33)).isEqualTo(state.users().user(container, 33));
        assertThat(read.users().group(container, 34)).isEqualTo(state.users().group(container, 34));
    }

    /** Containers have no list either: a capture that begins now tells of those that are known, and counts no such event. */
    @Test
    void containersBecomeEventsThatAreNotCounted() throws IOException {
        SystemState state = new SystemState(null);
        ContainerInfo container = ContainerJson.of(Text.of("0123456789ab"), 0, Text.of("web"), Text.of("nginx:1"));
        state.containers().put(container);
        Path path = folder.resolve("named.scap");
        try (ScapWriter writer = create(path, false, state)) {
            assertThat(writer.events()).isZero();
        }
        SystemState read = new SystemState(null);
        try (ScapReader reader = ScapReader.open(path.toString(), read)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                read.process(event);
            }
        }
        assertThat(read.containers().find(container.id())).isEqualTo(container);
    }

    /** Lists are split before they become longer than other readers take; strings are cut at their limits. */
    @Test
    void manyThreadsAndLongStrings() throws IOException {
        SystemState state = new SystemState(null);
        for (int tid = 1; tid <= 2000; tid++) {
            ThreadInfo thread = new ThreadInfo(tid);
            thread.pid = tid;
            thread.exe = Text.of("x".repeat(2000));
            thread.env(TextList.of(Text.of("A=aaaaaaaaaaaaa\0".repeat(1000))));
            state.threads().add(thread);
        }
        Path path = folder.resolve("many.scap");
        create(path, false, state).close();
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int lists = 0;
        for (int at = 0; at < content.limit(); at += content.getInt(at + 4)) {
            assertThat(content.getInt(at + 4)).isLessThan(2 << 20);
            lists += content.getInt(at) == BlockType.PROCESSES_V9 ? 1 : 0;
        }
        assertThat(lists).isGreaterThan(5);
        SystemState read = new SystemState(null);
        ScapReader.open(path.toString(), read).close();
        assertThat(read.threads().size()).isEqualTo(2000);
        assertThat(read.threads().get(5).exe.length()).isEqualTo(1024);
        assertThat(read.threads().get(5).env().parts()).hasSize(256);
    }

    /** Every real capture, written anew, plain and gzip: the same events, and the same state before them. */
    @ParameterizedTest
    @CsvSource({"cat_write", "connect_localhost", "curl_google", "curl_google_comments", "empty-1", "empty-2",
        "open-multiple-files", "sample", "syscall", "test_ipv6_client", "write_tmp_test"})
    void roundTripOfRealCaptures(String name) throws IOException {
        for (boolean gzip : new boolean[] {false, true}) {
            Path original = Captures.file(name + ".scap");
            Path copy = folder.resolve(name + gzip);
            copy(original, copy, gzip);
            SystemState leftState = new SystemState(null);
            SystemState rightState = new SystemState(null);
            try (ScapReader left = ScapReader.open(original.toString(), leftState);
                    ScapReader right = ScapReader.open(copy.toString(), rightState)) {
                assertSameLines(StateText.of(rightState), StateText.of(leftState));
                Event expected = new Event();
                Event found = new Event();
                while (left.next(expected) == EventSource.Next.EVENT) {
                    assertThat(right.next(found)).isEqualTo(EventSource.Next.EVENT);
                    assertThat(found.segment().asSlice(found.offset(), found.length())
                            .mismatch(expected.segment().asSlice(expected.offset(), expected.length()))).isEqualTo(-1);
                    assertThat(found.cpu()).isEqualTo(expected.cpu());
                    assertThat(found.stateOnly()).isEqualTo(expected.stateOnly());
                }
                assertThat(right.next(found)).isEqualTo(EventSource.Next.END);
            }
        }
    }

    private static void assertSameLines(String found, String expected) {
        String[] left = found.split("\n");
        String[] right = expected.split("\n");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            assertThat(left[i]).isEqualTo(right[i]);
        }
        assertThat(left.length).isEqualTo(right.length);
    }

    private void copy(Path original, Path copy, boolean gzip) throws IOException {
        SystemState state = new SystemState(null);
        try (ScapReader reader = ScapReader.open(original.toString(), state); ScapWriter writer = create(copy, gzip, state)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                writer.write(event, 0);
            }
            assertThat(writer.events()).isEqualTo(reader.events());
        }
    }

    /** Comments that another tool put into the blocks stay. */
    @Test
    void foreignOptionsAreKept() throws IOException {
        Path copy = folder.resolve("comments.scap");
        copy(Captures.file("curl_google_comments.scap"), copy, false);
        String text = new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1);
        assertThat(text).contains("Internal block comment").contains("Visible block comment, no padding");
    }

    /** Tags of a ring event become one custom option, to the byte, and are found again; a second copy changes nothing. */
    @Test
    void tagsBecomeAnOption() throws IOException {
        byte[] bytes = Bytes.eventBytes(9, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[5]);
        byte[] record = new Bytes().raw(bytes).padTo4().u16(EventOptions.LATENCY).u16(8).u64(4711)
                .u16(EventOptions.ARGUMENTS).u16(3).raw(1, 2, 3, 0).array();
        Path path = folder.resolve("tags.scap");
        SystemState state = new SystemState(null);
        try (ScapWriter writer = create(path, false, state)) {
            writer.write(event(record, record.length - bytes.length), 0);
            byte[] plain = Bytes.eventBytes(10, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[7]);
            writer.write(event(new Bytes().raw(plain).zeros(7).array(), 7), Event.STATE_ONLY);
        }
        byte[] expected = new Bytes().block(BlockType.EVENT_V2, new Bytes().u16(3).raw(bytes).zeros(3 & -(10 + bytes.length))
                .u16(2989).u16(4 + 20).u32(32473).u16(1).u16(8).u64(4711).u16(2).u16(3).raw(1, 2, 3, 0).u32(0))
                .block(BlockType.EVENT_FLAGS_V2, new Bytes().u16(3).u32(1).raw(
                        Bytes.eventBytes(10, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[7]))).array();
        byte[] found = Files.readAllBytes(path);
        assertThat(Arrays.copyOfRange(found, found.length - expected.length, found.length)).isEqualTo(expected);

        Path copy = folder.resolve("copy.scap");
        copy(path, copy, false);
        byte[] again = Files.readAllBytes(copy);
        assertThat(Arrays.copyOfRange(again, again.length - expected.length, again.length)).isEqualTo(expected);
        try (ScapReader reader = ScapReader.open(copy.toString(), state)) {
            Event event = new Event();
            reader.next(event);
            EventOptions options = new EventOptions();
            assertThat(options.find(event, EventOptions.LATENCY)).isTrue();
            assertThat(options.u64(-1)).isEqualTo(4711);
            assertThat(options.find(event, EventOptions.ARGUMENTS)).isTrue();
            assertThat(options.length()).isEqualTo(3);
            assertThat(options.find(event, EventOptions.LOSS)).isFalse();
            reader.next(event);
            assertThat(options.find(event, EventOptions.LATENCY)).isFalse();
            assertThat(event.stateOnly()).isTrue();
        }
    }

    /** An option of another tool that looks like a tag of ours is not one. */
    @Test
    void aCommentIsNoTag() throws IOException {
        byte[] bytes = new Bytes().raw(Bytes.eventBytes(9, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[2]))
                .u16(1).u16(8).text("comments").u16(2989).u16(16).u32(32473).u16(1).u16(8).u64(5).u32(0).array();
        EventOptions options = new EventOptions();
        Event event = new Event();
        event.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, 0, Event.PCAPNG_OPTIONS);
        assertThat(options.find(event, EventOptions.LATENCY)).isTrue();
        assertThat(options.u64(-1)).isEqualTo(5);
    }

    @Test
    void damagedOptionsAreLeftOut() throws IOException {
        byte[] bytes = new Bytes().raw(Bytes.eventBytes(9, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[2]))
                .u16(2989).u16(60000).u32(32473).array();
        Path path = folder.resolve("damaged.scap");
        try (ScapWriter writer = create(path, false, new SystemState(null))) {
            writer.write(event(bytes, 8, Event.PCAPNG_OPTIONS), 0);
        }
        try (ScapReader reader = ScapReader.open(path.toString(), null)) {
            Event event = new Event();
            assertThat(reader.next(event)).isEqualTo(EventSource.Next.EVENT);
            assertThat(event.optionsLength()).isZero();
        }
    }

    @Test
    void longEventsGoIntoLargeBlocks() throws IOException {
        int size = 3 << 20;
        Bytes bytes = new Bytes().u64(9).u64(-1).u32(26 + 12 + 4 + size).u16(EventCodes.PPME_ASYNCEVENT_E).u32(3)
                .u32(4).u32(0).u32(size).u32(1).zeros(size);
        for (boolean gzip : new boolean[] {false, true}) {
            Path path = folder.resolve("large" + gzip);
            try (ScapWriter writer = create(path, gzip, new SystemState(null))) {
                for (int i = 0; i < 3; i++) {
                    writer.write(event(bytes.array(), 0), i == 1 ? Event.STATE_ONLY : 0);
                }
            }
            try (ScapReader reader = ScapReader.open(path.toString(), null)) {
                Event event = new Event();
                for (int i = 0; i < 3; i++) {
                    assertThat(reader.next(event)).isEqualTo(EventSource.Next.EVENT);
                    assertThat(event.parameterLength(2)).isEqualTo(size);
                    assertThat(event.stateOnly()).isEqualTo(i == 1);
                }
                assertThat(reader.next(event)).isEqualTo(EventSource.Next.END);
            }
        }
    }

    /** Each gzip member holds whole blocks and says how long it is; any gzip reader reads them all. */
    @Test
    void gzipMembersAreIndependent() throws IOException {
        Path path = folder.resolve("members.scap.gz");
        int count = 200_000;
        byte[] bytes = Bytes.eventBytes(9, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[8]);
        try (ScapWriter writer = create(path, true, new SystemState(null))) {
            Event event = event(bytes, 0);
            for (int i = 0; i < count; i++) {
                writer.write(event, 0);
            }
        }
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> members = new ArrayList<>();
        int total = 0;
        int at = 0;
        while (at < content.limit()) {
            members.add(at);
            total += content.getInt(at + 20);
            at += content.getInt(at + 16);
        }
        assertThat(at).isEqualTo(content.limit());
        assertThat(members.size()).isGreaterThanOrEqualTo(3);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            byte[] all = in.readAllBytes();
            assertThat(all.length).isEqualTo(total);
            int size = content.getInt(20);
            assertThat(ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getInt(size)).isEqualTo(BlockType.EVENT_V2);
        }
        try (ScapReader reader = ScapReader.open(path.toString(), null)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                assertThat(event.length()).isEqualTo(bytes.length);
            }
            assertThat(reader.events()).isEqualTo(count);
        }
    }

    /** What was flushed is in the file and reads although the writer never ended: as after a kill. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasFlushedReads(boolean gzip) throws IOException {
        Path path = folder.resolve("unfinished");
        try (ScapWriter writer = create(path, gzip, new SystemState(null))) {
            Event event = event(Bytes.eventBytes(9, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[8]), 0);
            for (int i = 0; i < 10; i++) {
                writer.write(event, 0);
            }
            writer.flush();
            writer.write(event, 0);
            try (ScapReader reader = ScapReader.open(path.toString(), null)) {
                Event view = new Event();
                while (reader.next(view) == EventSource.Next.EVENT) {
                    assertThat(view.timestamp()).isEqualTo(9);
                }
                assertThat(reader.events()).isEqualTo(10);
            }
        }
    }

    @Test
    void theFileIsItsOwnersOnly() throws IOException {
        Path path = folder.resolve("private.scap");
        create(path, false, new SystemState(null)).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
    }

    @Test
    void theFileBelongsToTheUserBehindSudo() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
        Path path = folder.resolve("given.scap");
        ScapWriter.create(path.toString(), false, new SystemState(null), "test", thread -> true,
                Map.of("SUDO_UID", "1234", "SUDO_GID", "5678")).close();
        assertThat(Files.getAttribute(path, "unix:uid")).isEqualTo(1234);
        assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(5678);
    }

    @Test
    void whatCannotBeCreatedIsToldInOneLine() {
        SystemState state = new SystemState(null);
        assertThatThrownBy(() -> create(folder, false, state)).hasMessage(folder + ": is a directory");
        assertThatThrownBy(() -> create(folder.resolve("no/where"), false, state))
                .hasMessage(folder.resolve("no/where") + ": no such directory");
    }

    /** A full disk: the error says what is safe. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFullDiskIsTold(boolean gzip) throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "no /dev/full");
        ScapWriter writer = create(full, gzip, new SystemState(null));
        writer.write(event(Bytes.eventBytes(9, 1, EventCodes.PPME_SYSCALL_CLOSE_X, FD_3), 0), 0);
        assertThatThrownBy(writer::flush).isInstanceOf(CaptureWriteException.class)
                .hasMessage("/dev/full: No space left on device: 0 events in 0 bytes are written and can be read");
        assertThatThrownBy(() -> writer.write(event(Bytes.eventBytes(9, 1, EventCodes.PPME_SYSCALL_CLOSE_X, FD_3), 0), 0))
                .isInstanceOf(CaptureWriteException.class);
        assertThatThrownBy(writer::flush).isInstanceOf(CaptureWriteException.class);
        writer.close();
    }
}
