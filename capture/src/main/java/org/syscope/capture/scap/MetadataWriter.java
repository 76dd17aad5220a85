package org.syscope.capture.scap;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdTable;
import org.syscope.capture.state.FdType;
import org.syscope.capture.state.GroupInfo;
import org.syscope.capture.state.InterfaceTable;
import org.syscope.capture.state.MachineInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.capture.state.UserInfo;
import org.syscope.capture.state.UserTable;

/**
 * Writes the blocks before the events, in the newest generation and with all that is known: section header, what wrote
 * it, machine, interfaces, users, threads, one list of fds for each thread, and users of containers as events. Strings
 * are cut at what other readers take. Layouts are drawn in this package's description.
 */
final class MetadataWriter {

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int MAJOR = 1;
    private static final int MINOR = 2;
    private static final int HOSTNAME = 128;
    private static final int MAX_PATH = 1024;
    private static final int MAX_NAME = 1023;
    private static final int MAX_BLOB = 4096;
    private static final int MAX_USER = 255;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    /** Other readers take blocks of at most 16 MiB: a long list becomes several. */
    private static final int FULL = 1 << 20;

    private final BlockOutput output;
    private final BlockBuilder block = new BlockBuilder();

    MetadataWriter(BlockOutput output) {
        this.output = output;
    }

    /** Writes everything; of the threads those that {@code wanted} takes. */
    void write(SystemState state, String application, Predicate<ThreadInfo> wanted) throws IOException {
        section();
        writer(Text.of(application));
        lists(state, wanted);
    }

    /** Writes machine, interfaces, users, threads and fds. */
    void lists(SystemState state, Predicate<ThreadInfo> wanted) throws IOException {
        machine(state.machine());
        interfaces(state.interfaces());
        users(state);
        long[] tids = state.threads().tids();
        threads(state, tids, wanted);
        for (long tid : tids) {
            ThreadInfo thread = state.threads().get(tid);
            if (wanted.test(thread)) {
                fds(thread);
            }
        }
        containerUsers(state.users());
    }

    private void section() throws IOException {
        block.begin(BlockType.SECTION_HEADER).u32(BYTE_ORDER_MAGIC).u16(MAJOR).u16(MINOR).u64(-1).end(output);
    }

    private void writer(Text application) throws IOException {
        int length = application.length();
        block.begin(BlockType.WRITER).u16(WriterBlock.APPLICATION).u16(length)
                .fixed(application, length, length + (-length & 3)).u32(0).end(output);
    }

    private void machine(MachineInfo machine) throws IOException {
        block.begin(BlockType.MACHINE).u32(machine.cpus()).u64(machine.memory()).u64(machine.maxPid())
                .fixed(machine.hostname(), HOSTNAME - 1, HOSTNAME).u64(machine.bootTime()).u64(machine.flags()).u64(0).u64(0)
                .end(output);
    }

    private void interfaces(InterfaceTable table) throws IOException {
        if (table.ipv4().isEmpty() && table.ipv6().isEmpty()) {
            return;
        }
        block.begin(BlockType.INTERFACES_V2);
        for (InterfaceTable.Ipv4 each : table.ipv4()) {
            int entry = block.beginEntry();
            block.u16(IPV4).u16(each.name().length()).network32(each.address()).network32(each.netmask())
                    .network32(each.broadcast()).u64(each.linkSpeed()).bytes(each.name(), each.name().length())
                    .endEntry(entry, 4);
        }
        for (InterfaceTable.Ipv6 each : table.ipv6()) {
            int entry = block.beginEntry();
            block.u16(IPV6).u16(each.name().length()).network64(each.high()).network64(each.low())
                    .network64(each.netmaskHigh()).network64(each.netmaskLow()).network64(each.broadcastHigh())
                    .network64(each.broadcastLow()).u64(each.linkSpeed()).bytes(each.name(), each.name().length())
                    .endEntry(entry, 4);
        }
        block.end(output);
    }

    private void users(SystemState state) throws IOException {
        block.begin(BlockType.USERS_V2);
        int empty = block.length();
        TreeMap<Long, UserInfo> users = new TreeMap<>();
        state.users().forEachUser(Text.EMPTY, users::put);
        for (UserInfo user : users.values()) {
            int entry = block.beginEntry();
            block.u8(0).u32(user.uid()).u32(user.gid()).string(user.name(), MAX_USER).string(user.home(), MAX_USER)
                    .string(user.shell(), MAX_USER).endEntry(entry, 0);
        }
        TreeMap<Long, GroupInfo> groups = new TreeMap<>();
        state.users().forEachGroup(Text.EMPTY, groups::put);
        for (GroupInfo group : groups.values()) {
            int entry = block.beginEntry();
            block.u8(1).u32(group.gid()).string(group.name(), MAX_USER).endEntry(entry, 0);
        }
        if (block.length() > empty) {
            block.end(output);
        }
    }

    /** The list has no place for users of containers: they become events without a time. */
    private void containerUsers(UserTable table) throws IOException {
        for (Text container : table.userContainers()) {
            TreeMap<Long, UserInfo> users = new TreeMap<>();
            table.forEachUser(container, users::put);
            for (UserInfo user : container.isEmpty() ? List.<UserInfo>of() : users.values()) {
                event(EventCodes.PPME_USER_ADDED_E, user.uid(), user.gid(), true, user.name(), user.home(), user.shell(),
                        container);
            }
        }
        for (Text container : table.groupContainers()) {
            TreeMap<Long, GroupInfo> groups = new TreeMap<>();
            table.forEachGroup(container, groups::put);
            for (GroupInfo group : container.isEmpty() ? List.<GroupInfo>of() : groups.values()) {
                event(EventCodes.PPME_GROUP_ADDED_E, group.gid(), 0, false, group.name(), container);
            }
        }
    }

    /** An event with one or two numbers, then strings, which get a NUL. */
    private void event(int type, int first, int second, boolean both, Text... strings) throws IOException {
        int numbers = both ? 2 : 1;
        int length = Event.HEADER_LENGTH + 2 * (numbers + strings.length) + 4 * numbers;
        for (Text string : strings) {
            length += string.length() + 1;
        }
        block.begin(BlockType.EVENT_V2).u16(0).u64(0).u64(Event.NO_TID).u32(length).u16(type)
                .u32(numbers + strings.length).u16(4);
        if (both) {
            block.u16(4);
        }
        for (Text string : strings) {
            block.u16(string.length() + 1);
        }
        block.u32(first);
        if (both) {
            block.u32(second);
        }
        for (Text string : strings) {
            block.bytes(string, string.length()).u8(0);
        }
        block.end(output);
        output.waitingEvents++;
    }

    private void threads(SystemState state, long[] tids, Predicate<ThreadInfo> wanted) throws IOException {
        block.begin(BlockType.PROCESSES_V9);
        int empty = block.length();
        for (long tid : tids) {
            ThreadInfo thread = state.threads().get(tid);
            if (wanted.test(thread)) {
                thread(thread);
            }
            if (block.length() > FULL) {
                block.end(output);
                block.begin(BlockType.PROCESSES_V9);
            }
        }
        if (block.length() > empty) {
            block.end(output);
        }
    }

    private void thread(ThreadInfo thread) {
        boolean leader = thread.leader() == thread;
        int entry = block.beginEntry();
        block.u64(thread.tid).u64(thread.pid).u64(thread.ptid).u64(thread.sid).u64(thread.vpgid)
                .string(thread.comm, MAX_PATH).string(thread.exe, MAX_PATH).string(thread.exepath, MAX_PATH)
                .strings(thread.args.blob(), MAX_BLOB).string(cwd(thread), MAX_PATH).u64(thread.fdLimit())
                .u32(thread.flags).u32(thread.uid).u32(thread.gid)
                .u32((int) thread.vmSize).u32((int) thread.vmRss).u32((int) thread.vmSwap)
                .u64(thread.pfMajor).u64(thread.pfMinor)
                .strings(leader ? thread.env().blob() : Text.EMPTY, MAX_BLOB).u64(thread.vtid).u64(thread.vpid)
                .strings(thread.cgroups.blob(), MAX_BLOB).string(thread.root, MAX_PATH)
                .u64(thread.pidnsInitStart).u32(thread.tty).u32(thread.loginuid).u8(thread.exeWritable)
                .u64(thread.capInheritable).u64(thread.capPermitted).u64(thread.capEffective).u8(thread.exeUpperLayer)
                .u64(thread.exeIno).u64(thread.exeCtime).u64(thread.exeMtime).u8(thread.exeFromMemfd)
                .u8(thread.exeLowerLayer).u64(thread.pgid).endEntry(entry, 0);
    }

    /** Other readers take no empty working directory. */
    private static Text cwd(ThreadInfo thread) {
        return thread.cwd().isEmpty() ? Text.of("/") : thread.cwd();
    }

    private void fds(ThreadInfo thread) throws IOException {
        block.begin(BlockType.FDS_V2).u64(thread.tid);
        if (thread.leader() == thread) {
            FdTable table = thread.fds();
            for (long number : table.numbers()) {
                FdInfo fd = table.get(number);
                if (fd.type != FdType.UNKNOWN) {
                    fd(number, fd);
                }
                if (block.length() > FULL) {
                    block.end(output);
                    block.begin(BlockType.FDS_V2).u64(thread.tid);
                }
            }
        }
        block.end(output);
    }

    private void fd(long number, FdInfo fd) {
        int entry = block.beginEntry();
        block.u64(number).u64(fd.ino).u8(fd.type.code());
        switch (fd.type) {
            case IPV4 -> block.network32(fd.sourceIpv4()).network32(fd.destinationIpv4()).u16(fd.sourcePort)
                    .u16(fd.destinationPort).u8(fd.l4proto);
            case IPV6 -> block.network64(fd.sourceHigh).network64(fd.sourceLow).network64(fd.destinationHigh)
                    .network64(fd.destinationLow).u16(fd.sourcePort).u16(fd.destinationPort).u8(fd.l4proto);
            case IPV4_SERVER -> block.network32(fd.sourceIpv4()).u16(fd.sourcePort).u8(fd.l4proto);
            case IPV6_SERVER -> block.network64(fd.sourceHigh).network64(fd.sourceLow).u16(fd.sourcePort).u8(fd.l4proto);
            case UNIX -> block.u64(fd.sourceLow).u64(fd.destinationLow).string(fd.name, MAX_NAME);
            case FILE_V2 -> block.u32(fd.openFlags).string(fd.name, MAX_NAME).u32(fd.dev);
            default -> block.string(fd.name, MAX_NAME);
        }
        block.endEntry(entry, 0);
    }
}
