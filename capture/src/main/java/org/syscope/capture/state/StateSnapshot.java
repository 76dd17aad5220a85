package org.syscope.capture.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerJson;
import org.syscope.capture.container.ContainerTable;
import org.syscope.capture.event.Text;

/**
 * The whole state as bytes, and back: what the lists of capture files have no place for is in it too (calls that were
 * entered and not yet left, connection roles, close-on-exec marks, times, dead leaders, known server ports), so that
 * going on from a snapshot is the same as having processed every event before it. For indexes beside captures: the bytes
 * are read by the version that wrote them, {@link #VERSION} tells. Everything is big endian, as {@link DataOutputStream}
 * writes it:
 *
 * <pre>
 *  machine | interfaces: count, each ... | users: containers, each: id, count, users ... | groups: the same |
 *  threads: count, each: fields, fds: count (-1: none), each: number, fields | server ports | tids that exited last |
 *  containers: count, each: a description as {@link ContainerJson} writes it, as text
 *  text:  length i32 | bytes
 * </pre>
 */
public final class StateSnapshot {

    /** Changes whenever the bytes do. */
    public static final int VERSION = 3;

    private StateSnapshot() {
    }

    /** The state before the next event: what the last one removed is taken out first. */
    public static byte[] save(SystemState state) {
        state.removals().apply();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            machine(out, state.machine());
            interfaces(out, state.interfaces());
            users(out, state.users());
            long[] tids = state.threads().tids();
            out.writeInt(tids.length);
            for (long tid : tids) {
                thread(out, state.threads().get(tid));
            }
            longs(out, state.listed().serverPorts.toLongArray());
            longs(out, state.removals().recent);
            out.writeInt(state.removals().nextRecent);
            containers(out, state.containers());
        } catch (IOException e) {
            throw new AssertionError("an array takes all bytes", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Replaces the state by a saved one.
     *
     * @throws IOException if the bytes are not those of {@link #save}: the state is empty then
     */
    public static void restore(byte[] bytes, SystemState state) throws IOException {
        state.reset();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            state.machine(machine(in));
            interfaces(in, state.interfaces());
            users(in, state.users());
            List<ThreadInfo> reapers = new ArrayList<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                thread(in, state.threads(), reapers);
            }
            state.threads().retieAll();
            for (ThreadInfo reaper : reapers) {
                if (reaper.group != null) {
                    reaper.group.reaper = true;
                }
            }
            state.listed().serverPorts.or(BitSet.valueOf(longs(in)));
            long[] recent = longs(in);
            System.arraycopy(recent, 0, state.removals().recent, 0, state.removals().recent.length);
            state.removals().nextRecent = in.readInt();
            containers(in, state.containers());
        } catch (IOException | RuntimeException e) {
            state.reset();
            throw new IOException("the saved state is damaged", e);
        }
    }

    private static void machine(DataOutputStream out, MachineInfo machine) throws IOException {
        out.writeInt(machine.cpus());
        out.writeLong(machine.memory());
        out.writeLong(machine.maxPid());
        text(out, machine.hostname());
        out.writeLong(machine.bootTime());
        out.writeLong(machine.flags());
    }

    private static MachineInfo machine(DataInputStream in) throws IOException {
        return new MachineInfo(in.readInt(), in.readLong(), in.readLong(), text(in), in.readLong(), in.readLong());
    }

    private static void interfaces(DataOutputStream out, InterfaceTable table) throws IOException {
        out.writeInt(table.ipv4().size());
        for (InterfaceTable.Ipv4 each : table.ipv4()) {
            text(out, each.name());
            out.writeInt(each.address());
            out.writeInt(each.netmask());
            out.writeInt(each.broadcast());
            out.writeLong(each.linkSpeed());
        }
        out.writeInt(table.ipv6().size());
        for (InterfaceTable.Ipv6 each : table.ipv6()) {
            text(out, each.name());
            out.writeLong(each.high());
            out.writeLong(each.low());
            out.writeLong(each.netmaskHigh());
            out.writeLong(each.netmaskLow());
            out.writeLong(each.broadcastHigh());
            out.writeLong(each.broadcastLow());
            out.writeLong(each.linkSpeed());
        }
    }

    private static void interfaces(DataInputStream in, InterfaceTable table) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            table.add(new InterfaceTable.Ipv4(text(in), in.readInt(), in.readInt(), in.readInt(), in.readLong()));
        }
        count = in.readInt();
        for (int i = 0; i < count; i++) {
            table.add(new InterfaceTable.Ipv6(text(in), in.readLong(), in.readLong(), in.readLong(), in.readLong(),
                    in.readLong(), in.readLong(), in.readLong()));
        }
    }

    private static void users(DataOutputStream out, UserTable table) throws IOException {
        out.writeInt(table.userContainers().size());
        for (Text container : table.userContainers()) {
            List<UserInfo> users = new ArrayList<>();
            table.forEachUser(container, (uid, user) -> users.add(user));
            text(out, container);
            out.writeInt(users.size());
            for (UserInfo user : users) {
                out.writeInt(user.uid());
                out.writeInt(user.gid());
                text(out, user.name());
                text(out, user.home());
                text(out, user.shell());
            }
        }
        out.writeInt(table.groupContainers().size());
        for (Text container : table.groupContainers()) {
            List<GroupInfo> groups = new ArrayList<>();
            table.forEachGroup(container, (gid, group) -> groups.add(group));
            text(out, container);
            out.writeInt(groups.size());
            for (GroupInfo group : groups) {
                out.writeInt(group.gid());
                text(out, group.name());
            }
        }
    }

    private static void users(DataInputStream in, UserTable table) throws IOException {
        int containers = in.readInt();
        for (int i = 0; i < containers; i++) {
            Text container = text(in);
            int count = in.readInt();
            for (int j = 0; j < count; j++) {
                table.addUser(container, new UserInfo(in.readInt(), in.readInt(), text(in), text(in), text(in)));
            }
        }
        containers = in.readInt();
        for (int i = 0; i < containers; i++) {
            Text container = text(in);
            int count = in.readInt();
            for (int j = 0; j < count; j++) {
                table.addGroup(container, new GroupInfo(in.readInt(), text(in)));
            }
        }
    }

    private static void containers(DataOutputStream out, ContainerTable table) throws IOException {
        out.writeInt(table.size());
        if (table.size() > 0) {
            ContainerJson json = new ContainerJson();
            List<ContainerInfo> known = new ArrayList<>();
            table.forEach(known::add);
            for (ContainerInfo container : known) {
                byte[] description = json.write(container);
                out.writeInt(description.length);
                out.write(description);
            }
        }
    }

    private static void containers(DataInputStream in, ContainerTable table) throws IOException {
        int count = in.readInt();
        ContainerJson json = count > 0 ? new ContainerJson() : null;
        for (int i = 0; i < count; i++) {
            ContainerInfo container = json.read(text(in).array());
            if (container == null) {
                throw new IOException("a container that cannot be understood");
            }
            table.put(container);
        }
    }

    private static void thread(DataOutputStream out, ThreadInfo thread) throws IOException {
        for (long id : new long[] {thread.tid, thread.pid, thread.ptid, thread.reaperTid, thread.sid, thread.vpgid,
            thread.pgid, thread.vtid, thread.vpid, thread.capInheritable, thread.capPermitted, thread.capEffective,
            thread.vmSize, thread.vmRss, thread.vmSwap, thread.pfMajor, thread.pfMinor, thread.pidnsInitStart,
            thread.cloneTime, thread.lastExecTime, thread.exeIno, thread.exeCtime, thread.exeMtime,
            thread.previousEventTime, thread.lastEventTime, thread.lastEventFd, thread.ownFdLimit, thread.enterTime,
            thread.lastLatency}) {
            out.writeLong(id);
        }
        for (int value : new int[] {thread.flags, thread.uid, thread.listedUid, thread.gid, thread.loginuid, thread.tty,
            thread.lastEventType, thread.enterCpu, thread.enterType}) {
            out.writeInt(value);
        }
        for (Text value : new Text[] {thread.comm, thread.exe, thread.exepath, thread.args.blob(), thread.cgroups.blob(),
            thread.root, thread.ownCwd, thread.ownEnv.blob()}) {
            text(out, value);
        }
        out.writeByte((thread.exeWritable ? 1 : 0) | (thread.exeUpperLayer ? 2 : 0) | (thread.exeLowerLayer ? 4 : 0)
                | (thread.exeFromMemfd ? 8 : 0) | (thread.dead ? 16 : 0)
                | (thread.group != null && thread.group.reaper ? 32 : 0));
        out.writeInt(thread.enterBytes == null ? -1 : thread.enterLength);
        if (thread.enterBytes != null) {
            out.write(thread.enterBytes, 0, thread.enterLength);
        }
        fds(out, thread.ownFds);
    }

    private static void thread(DataInputStream in, ThreadTable table, List<ThreadInfo> reapers) throws IOException {
        ThreadInfo thread = new ThreadInfo(in.readLong());
        thread.pid = in.readLong();
        thread.ptid = in.readLong();
        thread.reaperTid = in.readLong();
        thread.sid = in.readLong();
        thread.vpgid = in.readLong();
        thread.pgid = in.readLong();
        thread.vtid = in.readLong();
        thread.vpid = in.readLong();
        thread.capInheritable = in.readLong();
        thread.capPermitted = in.readLong();
        thread.capEffective = in.readLong();
        thread.vmSize = in.readLong();
        thread.vmRss = in.readLong();
        thread.vmSwap = in.readLong();
        thread.pfMajor = in.readLong();
        thread.pfMinor = in.readLong();
        thread.pidnsInitStart = in.readLong();
        thread.cloneTime = in.readLong();
        thread.lastExecTime = in.readLong();
        thread.exeIno = in.readLong();
        thread.exeCtime = in.readLong();
        thread.exeMtime = in.readLong();
        thread.previousEventTime = in.readLong();
        thread.lastEventTime = in.readLong();
        thread.lastEventFd = in.readLong();
        thread.ownFdLimit = in.readLong();
        thread.enterTime = in.readLong();
        thread.lastLatency = in.readLong();
        thread.flags = in.readInt();
        thread.uid = in.readInt();
        thread.listedUid = in.readInt();
        thread.gid = in.readInt();
        thread.loginuid = in.readInt();
        thread.tty = in.readInt();
        thread.lastEventType = in.readInt();
        thread.enterCpu = in.readInt();
        thread.enterType = in.readInt();
        thread.comm = text(in);
        thread.exe = text(in);
        thread.exepath = text(in);
        thread.args = TextList.of(text(in));
        thread.cgroups = TextList.of(text(in));
        thread.root = text(in);
        thread.ownCwd = text(in);
        thread.ownEnv = TextList.of(text(in));
        int bits = in.readByte();
        thread.exeWritable = (bits & 1) != 0;
        thread.exeUpperLayer = (bits & 2) != 0;
        thread.exeLowerLayer = (bits & 4) != 0;
        thread.exeFromMemfd = (bits & 8) != 0;
        thread.dead = (bits & 16) != 0;
        if ((bits & 32) != 0) {
            reapers.add(thread);
        }
        int length = in.readInt();
        if (length >= 0) {
            thread.enterBytes = in.readNBytes(length);
            thread.enterLength = length;
            thread.enterSegment = MemorySegment.ofArray(thread.enterBytes);
        }
        thread.ownFds = fds(in);
        table.add(thread);
    }

    private static void fds(DataOutputStream out, FdTable table) throws IOException {
        if (table == null) {
            out.writeInt(-1);
            return;
        }
        long[] numbers = table.numbers();
        out.writeInt(numbers.length);
        for (long number : numbers) {
            FdInfo fd = table.get(number);
            out.writeLong(number);
            out.writeByte(fd.type.code());
            text(out, fd.name);
            text(out, fd.rawName);
            out.writeInt(fd.openFlags);
            out.writeInt(fd.dev);
            out.writeLong(fd.ino);
            out.writeLong(fd.pidfdPid);
            out.writeLong(fd.since);
            out.writeLong(fd.sourceHigh);
            out.writeLong(fd.sourceLow);
            out.writeLong(fd.destinationHigh);
            out.writeLong(fd.destinationLow);
            out.writeInt(fd.sourcePort);
            out.writeInt(fd.destinationPort);
            out.writeByte(fd.l4proto);
            out.writeInt(fd.bits);
        }
    }

    private static FdTable fds(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            return null;
        }
        FdTable table = new FdTable();
        for (int i = 0; i < count; i++) {
            long number = in.readLong();
            FdInfo fd = new FdInfo(FdType.of(in.readByte()));
            fd.name = text(in);
            fd.rawName = text(in);
            fd.openFlags = in.readInt();
            fd.dev = in.readInt();
            fd.ino = in.readLong();
            fd.pidfdPid = in.readLong();
            fd.since = in.readLong();
            fd.sourceHigh = in.readLong();
            fd.sourceLow = in.readLong();
            fd.destinationHigh = in.readLong();
            fd.destinationLow = in.readLong();
            fd.sourcePort = in.readInt();
            fd.destinationPort = in.readInt();
            fd.l4proto = in.readByte();
            fd.bits = in.readInt();
            table.put(number, fd);
        }
        return table;
    }

    private static void text(DataOutputStream out, Text text) throws IOException {
        out.writeInt(text.length());
        out.write(text.array());
    }

    private static Text text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes");
        }
        return Text.copyOf(in.readNBytes(length), 0, length);
    }

    private static void longs(DataOutputStream out, long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static long[] longs(DataInputStream in) throws IOException {
        long[] values = new long[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }
}
